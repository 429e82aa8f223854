#!/bin/sh
# Renders the advanced example's production environment and shows what came out.
set -eu
cd "$(dirname "$0")/.."
binary=$1
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

show() { echo "$ $*"; "$@"; echo; }

PATH="$(dirname "$(realpath "$binary")"):$PATH"
cd examples/advanced
show cat rescfg.yaml
show rescfg check --env prod
show rescfg render --env prod --out "$out"
show find "$out" -type f
show sed -n 1,40p "$out/prometheus/agent.yml"
show grep -n -A 3 remote_write_max_backoff "$out/terraform/environments/prod/terraform.tfvars"
show rescfg explain remote_write_max_backoff --env prod
