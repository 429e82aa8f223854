"""`rescfg run sync`: several agents, one of them with a gap, one that isn't there; two at once; on a terminal; beside VictoriaMetrics; beside a centre that lies."""
import json
import os
import pty
import shutil
import subprocess

from support.binary import BINARY
from support.runtime.fakes import LyingCentre, Target
from support.runtime.processes import eventually, free_port
from support.runtime.servers import Agent, Prometheus, VictoriaMetrics

COUNT = 10


def command(agents, *arguments, error=subprocess.PIPE):
    first = agents[0] if isinstance(agents[0], Agent) else None
    names = ",".join(f"127.0.0.1:{agent.port}" if isinstance(agent, Agent) else agent for agent in agents)
    model = next(agent for agent in agents if isinstance(agent, Agent)).model if first is None else first.model
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RESCFG_")}
    return subprocess.Popen([BINARY, "run", "sync", "--env", "test", "--config", model, "--agents", names, *arguments],
                            stdout=subprocess.PIPE, stderr=error, env=environment)


def run(agents, *arguments):
    """Exit code, and the report."""
    process = command(agents, "--format", "json", *arguments)
    out, error = process.communicate(timeout=90)
    return process.returncode, json.loads(out) if out else error.decode()


def on_a_terminal(agents):
    """Exit code, standard output, and what a terminal shows of standard error."""
    own, its = pty.openpty()
    process = command(agents, error=its)
    os.close(its)
    out, _ = process.communicate(timeout=90)
    shown = b""
    while True:
        try:
            part = os.read(own, 4096)
        except OSError:
            # The other end is closed.
            break
        shown += part
    os.close(own)
    return process.returncode, out, shown.decode().replace("\r\n", "\n")


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

            code, out, shown = on_a_terminal(agents)
            assert code == 0 and b"3 complete, 0 with gaps, 0 failed" in out, out
            # A line that is written over and over, and ended; nothing of it in the report.
            assert shown.startswith("\r\x1b[K0/3 agents") and "\r\x1b[K3/3 agents, 0 samples sent again" in shown and shown.endswith("\n"), shown
            assert shown.count("\n") == 1 and b"\x1b" not in out
        finally:
            for agent in agents:
                agent.kill()


def test_without_agents_it_says_what_to_do(tmp_path):
    agent = Agent(tmp_path / "agent", "http://127.0.0.1:1")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RESCFG_")}
    result = subprocess.run([BINARY, "run", "sync", "--env", "test", "--config", agent.model], capture_output=True, timeout=60, env=environment)
    assert result.returncode == 2 and b"--agents" in result.stderr and not result.stdout


def test_victoriametrics_gets_back_what_it_lost(tmp_path):
    """Asked for series that it hasn't yet, and again as soon as they are sent."""
    centre = VictoriaMetrics(tmp_path / "centre")
    with centre, Target(COUNT) as target:
        with Agent(tmp_path / "agent", centre.url, [f"127.0.0.1:{target.port}"], model={"central": {"kind": "victoriametrics"}}) as agent:
            eventually(lambda: target.scrapes >= 5 and agent.ledger()["delivered"] > 4 * COUNT, what="samples are delivered")
            centre.stop()
            shutil.rmtree(tmp_path / "centre/data")
            centre.start()
            code, report = run([agent])
            [one] = report["agents"]
            assert code == 0 and one["result"] == "complete", report
            assert one["samples_replayed"] >= 4 * COUNT and one["gaps_verified"] > 0 == one["gaps_denied"] == one["gaps_unfillable"], report
            target.stop()

            def complete():
                values = {value for points in centre.samples("test_scrape").values() for _, value in points}
                return set(range(1, target.scrapes + 1)) <= values

            eventually(complete, seconds=20, what="every scrape is there")
            code, report = run([agent])
            assert code == 0 and report["samples_replayed"] == 0 and report["complete"] == 1, report


def test_a_centre_that_lies_is_found_out_and_not_flooded(tmp_path):
    """It shows nothing of what it takes. Whoever asks, and however often: one trial of each node, and the report says what is missing."""
    with LyingCentre() as centre, Target(COUNT) as target:
        where = [f"127.0.0.1:{target.port}"]
        agents = [Agent(tmp_path / f"agent{number}", f"http://127.0.0.1:{centre.port}", where) for number in range(2)]
        with agents[0], agents[1]:
            eventually(lambda: all(agent.ledger()["delivered"] > 4 * COUNT for agent in agents), what="samples are delivered")
            code, first = run(agents)
            assert code == 1 and first["with_gaps"] == 2 and first["failed"] == first["complete"] == 0, first
            assert all(one["open"] and one["open"][0]["series"] and one["open"][0]["samples"] > 0 for one in first["agents"]), first
            code, again = run(agents)
            assert code == 1 and first["samples_replayed"] > 0 == again["samples_replayed"], again
