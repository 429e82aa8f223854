"""`rescfg drill partition`: a partition rehearsed on a running agent, refused where the model doesn't allow it, over by itself whatever happens."""
import json
import time
import urllib.error
import urllib.request

import pytest

from support.binary import BINARY, rescfg
from support.runtime.fakes import Centre, Target
from support.runtime.processes import Program, eventually, get
from support.runtime.servers import Agent, merged

DURATION = 7


@pytest.fixture
def world(tmp_path):
    with Target() as target, Centre() as centre:
        agent = Agent(tmp_path / "agent", f"http://127.0.0.1:{centre.port}", [f"127.0.0.1:{target.port}"], model={"drills": {"enabled": True}})
        with agent:
            eventually(lambda: agent.ledger()["delivered"] > 0, what="samples at the centre")
            yield target, centre, agent


def drill(agent, *arguments, model=None):
    return rescfg("drill", "partition", "--env", "test", "--config", model or agent.model, "--agent", f"127.0.0.1:{agent.receive_port}",
                  "--duration", f"{DURATION}s", *arguments, timeout=120)


def state(agent):
    return json.loads(get(f"{agent.url}/api/v1/status")[1])["queues"][0]["path"]["state"]


def test_everything_holds(world):
    _, centre, agent = world
    ran = drill(agent, "--format", "json")
    report = json.loads(ran.stdout)
    assert ran.code == 0 and report["held"], [it for it in report["checks"] if not it["held"]]
    assert {it["name"] for it in report["checks"]} >= {"detection", "collection", "recovery", "drain", "loss", "ledger", "gap check"}
    assert report["queued_samples_most"] > 0 and report["seconds"] == DURATION
    assert state(agent) == "connected"
    # Nothing reached the centre while the path was cut: the samples of that time came later, and whole.
    arrived = sorted(time for samples in centre.of("test_scrape").values() for time, _ in samples)
    assert max(b - a for a, b in zip(arrived, arrived[1:])) < 3000


def test_a_promise_that_is_not_kept_is_a_failure(world, tmp_path):
    """The command expects what a stricter model promises."""
    _, _, agent = world
    strict = tmp_path / "strict.yaml"
    strict.write_text(json.dumps(merged(agent.document, {"network_partition_threshold": 1, "detector": {"check_timeout": "100ms"}})))
    agent.document["network_partition_threshold"] = 5
    agent.model.write_text(json.dumps(agent.document))
    assert get(f"http://127.0.0.1:{agent.receive_port}/-/ready")[0] == 200
    agent.process.send_signal(1)
    eventually(lambda: "model read again" in agent.output(), what="the model is read again")
    ran = drill(agent, model=strict)
    assert ran.code == 1 and "FAILED detection" in ran.stdout.decode(), ran.stdout


def test_a_drill_whose_command_is_killed_ends(world, tmp_path):
    _, _, agent = world
    command = Program([BINARY, "drill", "partition", "--env", "test", "--config", agent.model, "--agent", f"127.0.0.1:{agent.receive_port}",
                       "--duration", f"{DURATION}s"], tmp_path / "drill.log")
    with command:
        began = time.monotonic()
        eventually(lambda: state(agent) == "partitioned", what="the partition")
        command.kill()
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
