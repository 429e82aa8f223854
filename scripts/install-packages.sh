#!/bin/sh
# What a fresh Debian 12 lacks to build: the C libraries' headers, and the packages named as arguments. Does nothing, and
# needs no root, where they are there. `--update` only renews apt's lists.
set -eu

sudo=""
[ "$(id -u)" -eq 0 ] || sudo="sudo"
if [ "${1-}" = --update ]; then exec $sudo apt-get update -q; fi

if ! command -v swift >/dev/null; then
  echo "swift: not found. Install a Swift 6.3 toolchain and put its usr/bin on PATH." >&2
  exit 1
fi

missing=""
for package in libyaml-dev libsnappy-dev libcurl4-openssl-dev pkg-config "$@"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "installing$missing"
$sudo apt-get update -q
# shellcheck disable=SC2086 -- a list of words
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing
