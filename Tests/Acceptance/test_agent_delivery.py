"""What `rescfg run agent` promises of its samples, against a centre of the test's own that fails on demand: each sample arrives with its
value, once where nothing crashes, in the order of its series, and the ledger says so."""
import json

import pytest

from support.runtime.fakes import Centre, Target
from support.runtime.processes import eventually, get
from support.runtime.remote_write import STALE, bits
from support.runtime.servers import Agent

COUNT = 20


@pytest.fixture
def target():
    with Target(COUNT) as target:
        yield target


@pytest.fixture
def centre():
    with Centre() as centre:
        yield centre


def agent_for(folder, centre, target, **options):
    return Agent(folder, f"http://127.0.0.1:{centre.port}", [f"127.0.0.1:{target.port}"], **options)


def scrapes_at(centre):
    """Numbers of the scrapes of which all of `test_value` has arrived, and how often each sample did."""
    arrived = {}
    for labels, samples in centre.of("test_value").items():
        index = int(dict(labels)["i"])
        for _, value in samples:
            if value != STALE:
                arrived.setdefault(value, []).append(index)
    whole, copies = [], 0
    for number in range(1, 100_000):
        values = [arrived.get(bits(float(number * 1000 + index))) for index in range(COUNT)]
        if not any(values):
            break
        assert all(values), f"scrape {number} has arrived in part"
        copies += sum(len(each) - 1 for each in values)
        whole.append(number)
    return whole, copies


def delivered(centre, least):
    return eventually(lambda: (found := scrapes_at(centre)) and len(found[0]) >= least and found, seconds=40, what=f"{least} whole scrapes at the centre")


def assert_complete(centre, target, agent, lost_at_kill=0):
    """Everything scraped so far is at the centre."""
    scraped = target.scrapes - 1
    whole, copies = delivered(centre, scraped - lost_at_kill)
    ledger = eventually(lambda: (books := agent.ledger())["queued"] <= COUNT + 7 and books, what="the queue is drained")
    assert ledger["balanced"]
    assert ledger["collected"] == ledger["delivered"] + sum(ledger["rejected"].values()) + sum(ledger["dropped"].values()) + ledger["queued"]
    assert not any(ledger["rejected"].values()) and not any(ledger["dropped"].values())
    return copies


def assert_ordered(centre):
    for labels, samples in centre.of("test_value").items():
        times = [time for time, _ in samples]
        assert times == sorted(times), labels


def test_steady(tmp_path, centre, target):
    with agent_for(tmp_path / "agent", centre, target) as agent:
        delivered(centre, 5)
        assert assert_complete(centre, target, agent) == 0
        assert_ordered(centre)
        labels = dict(next(iter(centre.of("test_value"))))
        assert {"cluster": "test", "node": "node-1", "environment": "test", "job": "test", "instance": f"127.0.0.1:{target.port}"}.items() <= labels.items()
        up = centre.of("up")
        assert [value for samples in up.values() for _, value in samples].count(bits(1.0)) >= 5
        headers = {name.lower(): value for name, value in centre.requests[0][0].items()}
        assert headers["content-encoding"] == "snappy" and headers["content-type"] == "application/x-protobuf"
        assert headers["x-prometheus-remote-write-version"] == "0.1.0" and headers["user-agent"].startswith("rescfg/")
        metrics = agent.metrics()
        assert any(name.startswith("rescfg_queue_fsync_duration_seconds_count") and value > 0 for name, value in metrics.items())
        assert agent.stop(seconds=5) == 0


@pytest.mark.parametrize("mode", ["refuse", "503", "429 1", "401", "404", "hang", "reset"])
def test_partition_loses_nothing(tmp_path, centre, target, mode):
    """Fresh samples come before the backlog when it is over."""
    with agent_for(tmp_path / "agent", centre, target, model={"remote_write": {"remote_timeout": "2s"}}) as agent:
        delivered(centre, 2)
        if mode == "refuse":
            centre.stop()
        centre.mode = mode
        start = target.scrapes
        eventually(lambda: target.scrapes >= start + 6, what="scrapes go on")
        assert get(f"{agent.url}/-/ready")[0] == 200
        assert get(f"{agent.url}/-/healthy")[0] == 200
        centre.mode = "ok"
        if mode == "refuse":
            centre.start()
        assert_complete(centre, target, agent)


def test_kill_in_a_partition_loses_nothing(tmp_path, centre, target):
    agent = agent_for(tmp_path / "agent", centre, target)
    with agent:
        delivered(centre, 2)
        centre.mode = "503"
        start = target.scrapes
        eventually(lambda: target.scrapes >= start + 5, what="scrapes go on")
        held = eventually(lambda: agent.ledger()["queued"] >= 4 * COUNT and agent.ledger(), what="samples are queued")
        agent.kill()
        centre.mode = "ok"
        agent.start()
        # The scrape that was on its way when the process died isn't held by anybody.
        assert agent.ledger()["collected"] >= held["collected"]
        assert_complete(centre, target, agent, lost_at_kill=2)


def test_stop_in_a_partition_is_quick_and_loses_nothing(tmp_path, centre, target):
    agent = agent_for(tmp_path / "agent", centre, target)
    with agent:
        delivered(centre, 2)
        centre.mode = "hang"
        start = target.scrapes
        eventually(lambda: target.scrapes >= start + 4, what="scrapes go on")
        assert agent.stop(seconds=5) == 0
        centre.mode = "ok"
        agent.start()
        assert_complete(centre, target, agent, lost_at_kill=1)


def test_poison_is_set_aside_alone(tmp_path, centre, target):
    """One series that the centre refuses with 400 costs its own samples and no others."""
    bad = "7"
    centre.refuses = lambda labels, time, value: (400, "out of order sample") if labels.get("i") == bad else None
    with agent_for(tmp_path / "agent", centre, target) as agent:
        good = {str(index) for index in range(COUNT)} - {bad}
        def rejected():
            books = agent.ledger()
            return sum(books["rejected"].values()) >= 4 and books
        ledger = eventually(rejected, what="the poison is rejected")
        assert ledger["balanced"] and ledger["rejected"]["out_of_order"] == sum(ledger["rejected"].values())
        arrived = {dict(labels)["i"]: len(samples) for labels, samples in centre.of("test_value").items()}
        assert set(arrived) == good
        assert max(arrived.values()) - min(arrived.values()) <= 1
        letters = [json.loads(line) for path in (tmp_path / "agent").rglob("dead-letters*") if path.is_file() for line in path.read_text().splitlines()]
        assert {letter["labels"]["i"] for letter in letters} == {bad}
        assert all(letter["reason"] == "out_of_order" and "out of order" in letter["detail"] for letter in letters)


def test_a_second_agent_on_the_directory_is_refused(tmp_path, centre, target):
    with agent_for(tmp_path / "agent", centre, target) as agent:
        second = agent_for(tmp_path / "second", centre, target)
        second.arguments[second.arguments.index("--data") + 1] = str(agent.data)
        Agent.__mro__[1].start(second)
        assert second.process.wait(10) == 2
        assert str(agent.pid) in second.output()


def test_reload_keeps_what_runs_when_the_model_is_bad(tmp_path, centre, target):
    with agent_for(tmp_path / "agent", centre, target) as agent:
        delivered(centre, 1)
        agent.model.write_text("version: 1\nsurvive: never\n")
        agent.process.send_signal(1)
        eventually(lambda: agent.metrics()["rescfg_config_last_reload_successful"] == 0, what="the reload is refused")
        assert "rescfg.yaml:2:" in agent.output()
        before = len(scrapes_at(centre)[0])
        delivered(centre, before + 2)
        agent.document["scrape_configs"][0]["job_name"] = "renamed"
        agent.model.write_text(json.dumps(agent.document))
        agent.process.send_signal(1)
        eventually(lambda: any(dict(labels)["job"] == "renamed" for labels in centre.of("up")), what="the new job is scraped")
        assert agent.metrics()["rescfg_config_last_reload_successful"] == 1
