#!/bin/sh
# Everything, in the order in which a failure is cheapest to see.
set -eu
cd "$(dirname "$0")/.."

.tools/venv/bin/pytest -q Tests/StyleTests
swift build -c release --product rescfg --static-swift-stdlib --disable-local-rpath
scripts/unit.sh
# Most of them wait for servers and clocks: three at a time. A file stays with one worker, which renders for it once.
.tools/venv/bin/pytest -n 3 --dist loadfile Tests/Acceptance
