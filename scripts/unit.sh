#!/bin/sh
# The tests in Swift. Programs and Python packages that they ask for are those under .tools/, whatever else the machine has.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.tools/venv/bin:$PWD/.tools/bin:$PATH"

log=$(mktemp)
trap 'rm -f "$log" "$log.failed"' EXIT
{ swift test "$@" 2>&1 || touch "$log.failed"; } | tee "$log"
[ -e "$log.failed" ] || exit 0

# What failed stands somewhere among thousands of lines: said once more where whoever sees only the end finds it.
echo
echo "Failures:"
grep -E -A 3 '^✘|error:' "$log" || echo "none that a test recorded: see above"
exit 1
