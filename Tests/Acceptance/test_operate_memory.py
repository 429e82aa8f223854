"""Detector and sync job with a thousand agents in the memory that the specification gives them: 128 MiB at most, 64 MiB asked for."""
import contextlib
import json
import subprocess
import sys

import pytest

from support.binary import REPOSITORY
from support.measured import LAUNCHER
from support.runtime.memory import memory_group, peak_bytes
from support.runtime.processes import eventually
from support.runtime.servers import Detector

AGENTS = 1000
REQUEST, LIMIT = 64 << 20, 128 << 20


@contextlib.contextmanager
def running(*arguments):
    """A fleet's ports, and what its answers are like."""
    command = [sys.executable, REPOSITORY / "Benchmarks/fleet.py", "--agents", AGENTS, *arguments]
    with subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.stdin.close()


def detector(folder, fleet):
    model = {"detector": {"check_interval": "5s", "check_timeout": "4s"}}
    return Detector(folder, f"http://127.0.0.1:{fleet['centre']}", [f"127.0.0.1:{port}" for port in fleet["agents"]], model=model)


@pytest.fixture
def group():
    with memory_group(LIMIT) as group:
        yield group


def judge(group, peak):
    print(f"peak {peak / (1 << 20):.1f} MiB")
    assert group.kills() == 0 and peak < REQUEST


def test_detector(tmp_path, group):
    """A status of 110 kB of each: a node with 500 targets."""
    with running() as fleet:
        program = detector(tmp_path / "detector", fleet)
        program.options = {"preexec_fn": group.join}
        with program:
            eventually(lambda: program.state()["agents_by_state"]["connected"] == AGENTS, what="all agents are known")
            success = 'rescfg_detector_agent_polls_total{result="success"}'
            eventually(lambda: program.metrics()[success] >= 2 * AGENTS, seconds=60, what="all were asked twice")
            judge(group, peak_bytes(program.pid))


def test_sync(tmp_path, group):
    """A hundred filled gaps of each, of which it looks for twenty at the centre."""
    with running("--targets", "0", "--gaps", "100") as fleet:
        program = detector(tmp_path / "model", fleet)
        command = [*program.arguments[:2], "sync", "--env", "test", "--config", program.model, "--format", "json",
                   "--agents", program.arguments[program.arguments.index("--agents") + 1], "--concurrency", "200"]
        with open(tmp_path / "report.json", "wb") as out:
            ran = subprocess.Popen([sys.executable, "-I", "-S", "-c", LAUNCHER, *map(str, command)], stdout=out, stderr=subprocess.PIPE, text=True,
                                   env=program.environment, preexec_fn=group.join)
            code, peak, _ = json.loads(ran.communicate(timeout=90)[1])
        report = json.loads((tmp_path / "report.json").read_text())
        assert code == 0 and report["complete"] == AGENTS and sum(agent["gaps_verified"] for agent in report["agents"]) == 20 * AGENTS
        judge(group, peak)
