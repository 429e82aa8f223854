# Two commands: `make demo` builds and shows the example, `make test` runs every test there is.
.PHONY: demo build release test unit acceptance style record bench bench-agent bench-operate bench-simulation simulate-long faults fuzz tools \
	packages clean

# For `make fuzz`, `make faults` and `make simulate-long`, which do at length what `make test` does in short.
FUZZ_SECONDS ?= 600
KILLS ?= 10000
YEARS ?= 100

binary := .build/release/rescfg

demo: release
	@scripts/demo.sh $(binary)

test: packages tools
	@scripts/test.sh

build: packages
	swift build

release: packages
	swift build -c release --product rescfg --static-swift-stdlib --disable-local-rpath

unit: packages tools
	@scripts/unit.sh

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

# One scenario takes about a minute an agent; Benchmarks/agent.py --help names the others.
bench-agent: release tools
	swift build -c release --product AgentLoad
	.tools/venv/bin/python Benchmarks/agent.py

# Detector and sync job with a fleet of a thousand agents, in the limits of the specification.
bench-operate: release tools
	.tools/venv/bin/python Benchmarks/operate.py

# What plan and simulation say of an outage, beside an outage of a quarter of an hour with real agents and a real centre.
bench-simulation: release tools
	.tools/venv/bin/python Benchmarks/compare_simulation.py

# Random fleets with random faults for YEARS years of nodes; SEED=7 for others than the first.
simulate-long: release
	$(binary) simulate --years $(YEARS) --seed $(or $(SEED),1)

packages:
	@scripts/install-packages.sh

# Readers of foreign bytes under libFuzzer, FUZZ_SECONDS each; one alone with scripts/fuzz.sh.
fuzz: packages
	scripts/fuzz.sh $(FUZZ_SECONDS)

# KILLS at random moments, a failure at every call, every bit of a segment.
faults: release tools
	RESCFG_EXHAUSTIVE=1 RESCFG_KILLS=$(KILLS) RESCFG_AGENT_KILLS=300 RESCFG_POWER_CUTS=500 .tools/venv/bin/pytest -rA \
		Tests/Acceptance/test_crash.py Tests/Acceptance/test_agent_kills.py Tests/Acceptance/test_segment_damage.py

tools:
	@scripts/setup-tools.sh

clean:
	rm -rf .build .tools
