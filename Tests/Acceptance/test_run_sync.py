"""`rescfg run sync`: several agents, one of them with a gap, one that isn't there; two at once; its memory."""
import json
import os
import shutil
import subprocess

from support.binary import BINARY
from support.runtime.fakes import Target
from support.runtime.processes import eventually, free_port
from support.runtime.servers import Agent, Prometheus

COUNT = 10


def command(agents, *arguments):
    first = agents[0] if isinstance(agents[0], Agent) else None
    names = ",".join(f"127.0.0.1:{agent.port}" if isinstance(agent, Agent) else agent for agent in agents)
    model = next(agent for agent in agents if isinstance(agent, Agent)).model if first is None else first.model
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RESCFG_")}
    return subprocess.Popen([BINARY, "run", "sync", "--env", "test", "--config", model, "--agents", names, *arguments],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


def run(agents, *arguments):
    """Exit code, and the report."""
    process = command(agents, "--format", "json", *arguments)
    out, error = process.communicate(timeout=90)
    return process.returncode, json.loads(out) if out else error.decode()


def test_a_fleet_is_complete_has_gaps_and_is_whole_again(tmp_path, capsys):
    centre = Prometheus(tmp_path / "centre")
    with centre, Target(COUNT) as target:
        where = [f"127.0.0.1:{target.port}"]
        agents = [Agent(tmp_path / f"agent{number}", centre.url, where, model={"external_labels": {"agent": str(number)}}) for number in range(3)]
        for agent in agents:
            agent.start()
        try:
            eventually(lambda: all(agent.ledger()["delivered"] > 4 * COUNT for agent in agents), what="samples are delivered")
            code, report = run(agents)
            assert code == 0, report
            assert report["complete"] == 3 and report["samples_replayed"] == 0
            assert all(agent["node"] == "node-1" and agent["samples_compared"] > 3 * COUNT for agent in report["agents"])

            centre.stop()
            shutil.rmtree(centre.folder / "data")
            centre.start()
            # Two at once: the same comparisons, and nothing sent twice.
            both = [command(agents, "--format", "json") for _ in range(2)]
            reports = [json.loads(process.communicate(timeout=90)[0]) for process in both]
            assert [process.returncode for process in both] == [0, 0], reports
            verified = sum(agent["gaps_verified"] for report in reports for agent in report["agents"])
            assert verified >= 3 and not any(agent["gaps_denied"] for report in reports for agent in report["agents"])
            for agent in agents:
                replayed = [value for name, value in agent.metrics().items() if name.startswith("rescfg_gap_samples_replayed_total")]
                assert replayed[0] <= agent.ledger()["delivered"]

            gone = f"127.0.0.1:{free_port()}"
            code, report = run([*agents, gone], "--once")
            assert code == 2 and report["failed"] == 1 and report["complete"] == 3, report
            assert report["agents"][3]["result"] == "failed" and report["agents"][3]["error"]

            process = command(agents)
            out, _ = process.communicate(timeout=90)
            assert process.returncode == 0 and b"3 complete, 0 with gaps, 0 failed" in out, out
        finally:
            for agent in agents:
                agent.kill()


def test_without_agents_it_says_what_to_do(tmp_path):
    agent = Agent(tmp_path / "agent", "http://127.0.0.1:1")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RESCFG_")}
    result = subprocess.run([BINARY, "run", "sync", "--env", "test", "--config", agent.model], capture_output=True, timeout=60, env=environment)
    assert result.returncode == 2 and b"--agents" in result.stderr and not result.stdout
