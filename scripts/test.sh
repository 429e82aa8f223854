#!/bin/sh
# Everything, in the order in which a failure is cheapest to see.
set -eu
cd "$(dirname "$0")/.."

.tools/venv/bin/pytest -q Tests/StyleTests
swift build -c release --product rescfg --static-swift-stdlib --disable-local-rpath
swift test
.tools/venv/bin/pytest Tests/Acceptance
