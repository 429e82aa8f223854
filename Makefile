# Two commands: `make demo` builds and shows the example, `make test` runs every test there is.
.PHONY: demo build release test unit acceptance style record bench tools packages clean

binary := .build/release/rescfg

demo: release
	@scripts/demo.sh $(binary)

test: packages tools
	@scripts/test.sh

build: packages
	swift build

release: packages
	swift build -c release --product rescfg --static-swift-stdlib

unit: packages
	swift test

acceptance: release tools
	.tools/venv/bin/pytest

# Writes golden/ anew from the binary; review the difference and commit it with its cause.
record: release tools
	-RECORD=1 .tools/venv/bin/pytest Tests/Acceptance/test_goldens.py
	git status --short golden

style: tools
	.tools/venv/bin/pytest Tests/StyleTests

bench: release tools
	.tools/venv/bin/python Benchmarks/render.py

packages:
	@scripts/install-packages.sh

tools:
	@scripts/setup-tools.sh

clean:
	rm -rf .build .tools
