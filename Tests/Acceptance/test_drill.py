"""`rescfg drill partition`: a partition rehearsed on a running agent, refused where the model doesn't allow it, over by itself whatever happens."""
import json
import signal
import time
import urllib.error
import urllib.request

import pytest

from support.binary import BINARY, rescfg
from support.runtime.fakes import Centre, LyingCentre, Target
from support.runtime.gaps import check
from support.runtime.processes import Program, eventually, get
from support.runtime.servers import Agent, Prometheus, merged

DURATION = 7


@pytest.fixture
def world(tmp_path):
    with Target() as target, Prometheus(tmp_path / "centre") as centre, drilled(tmp_path, centre.url, target) as agent:
        eventually(lambda: agent.ledger()["delivered"] > 0, what="samples at the centre")
        yield centre, agent


def drilled(folder, url, target):
    return Agent(folder / "agent", url, [f"127.0.0.1:{target.port}"], model={"drills": {"enabled": True}})


def command(agent, *arguments, model=None):
    return ["drill", "partition", "--env", "test", "--config", model or agent.model, "--agent", f"127.0.0.1:{agent.receive_port}",
            "--duration", f"{DURATION}s", *arguments]


def drill(agent, *arguments, model=None):
    return rescfg(*command(agent, *arguments, model=model), timeout=120)


def state(agent):
    return json.loads(get(f"{agent.url}/api/v1/status")[1])["queues"][0]["path"]["state"]


def requests(centre):
    """How many the centre has had, by what they were for."""
    counts = dict.fromkeys(("/api/v1/write", "/api/v1/query_range", "/-/healthy"), 0)
    for line in get(f"{centre.url}/metrics")[1].decode().splitlines():
        for handler in counts:
            if line.startswith("prometheus_http_requests_total{") and f'handler="{handler}"' in line:
                counts[handler] += float(line.rsplit(" ", 1)[1])
    return counts


def test_everything_holds_and_nothing_gets_through(world, tmp_path):
    centre, agent = world
    assert check(agent)["result"] == "complete"
    assert all(requests(centre).values()), "each way has been gone"
    output = tmp_path / "drill.json"
    with Program([BINARY, *command(agent, "--format", "json")], output) as running:
        eventually(lambda: state(agent) == "partitioned", what="the partition")
        # Whatever is asked of the centre meanwhile, for one what it has: nothing arrives.
        before = requests(centre)
        cut = check(agent)
        assert cut["result"] == "failed" and "drill" in cut["error"], cut
        assert requests(centre) == before
        running.process.wait(120)
        report = json.loads(output.read_text())
        assert running.process.returncode == 0 and report["held"], [it for it in report["checks"] if not it["held"]]
    assert {it["name"] for it in report["checks"]} >= {"detection", "collection", "recovery", "drain", "loss", "ledger", "gap check"}
    assert report["queued_samples_most"] > 0 and report["seconds"] == DURATION
    # What came of the comparison itself, and not that it was ordered.
    gaps = report["gap_check"]
    assert gaps["result"] == "complete" and gaps["samples_compared"] >= report["queued_samples_most"] and gaps["samples_replayed"] == gaps["gaps"] == 0, gaps
    assert state(agent) == "connected"
    # The samples of that time came later, and whole.
    [samples] = centre.samples("test_scrape").values()
    assert max(b[0] - a[0] for a, b in zip(samples, samples[1:])) < 3000


def test_promises_that_are_not_kept_are_failures(tmp_path):
    """The command expects what a stricter model promises; and the centre has nothing of what it took."""
    with Target() as target, LyingCentre() as centre, drilled(tmp_path, f"http://127.0.0.1:{centre.port}", target) as agent:
        eventually(lambda: agent.ledger()["delivered"] > 0, what="samples at the centre")
        strict = tmp_path / "strict.yaml"
        strict.write_text(json.dumps(merged(agent.document, {"network_partition_threshold": 1, "detector": {"check_timeout": "100ms"}})))
        agent.document["network_partition_threshold"] = 5
        agent.model.write_text(json.dumps(agent.document))
        agent.process.send_signal(signal.SIGHUP)
        eventually(lambda: "model read again" in agent.output(), what="the model is read again")
        ran = drill(agent, model=strict)
        failed = [line.split("  ")[0] for line in ran.stdout.decode().splitlines() if line.startswith("FAILED")]
        assert ran.code == 1 and failed == ["FAILED detection", "FAILED gap check"], ran.stdout


def test_a_drill_whose_command_is_killed_ends(world, tmp_path):
    _, agent = world
    with Program([BINARY, *command(agent)], tmp_path / "drill.log") as running:
        began = time.monotonic()
        eventually(lambda: state(agent) == "partitioned", what="the partition")
        running.kill()
    # A second one is refused while it lasts.
    assert drill(agent).code == 2
    eventually(lambda: state(agent) == "connected", what="the end")
    assert time.monotonic() - began < DURATION + 15


def test_it_is_refused_without_the_switch_and_from_outside(tmp_path):
    with Centre() as centre, Agent(tmp_path / "agent", f"http://127.0.0.1:{centre.port}") as agent:
        ran = drill(agent)
        assert ran.code == 2 and "drills.enabled: true" in ran.stderr and ran.stdout == b""
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(urllib.request.Request(f"{agent.url}/-/drill?seconds=5", method="POST"), timeout=5)
        assert rescfg("drill", "partition", "--env", "test", "--config", agent.model, "--duration", "1s").code == 2
        assert rescfg("drill", "partition", "--env", "test", "--config", agent.model, "--duration", "2h").code == 2
