#!/bin/sh
# The tests in Swift. Programs and Python packages that they ask for are those under .tools/, whatever else the machine has.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.tools/venv/bin:$PWD/.tools/bin:$PATH" exec swift test "$@"
