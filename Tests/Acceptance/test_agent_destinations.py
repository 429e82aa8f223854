"""Several destinations of one agent: each has a queue and books of its own, and none holds up another."""
import json

import pytest

from support.runtime.fakes import Centre, Target
from support.runtime.processes import eventually, get
from support.runtime.remote_write import STALE, bits
from support.runtime.servers import Agent

COUNT = 10


@pytest.fixture
def places():
    with Target(COUNT) as target, Centre() as first, Centre() as second:
        yield target, first, second


def url(centre):
    return f"http://127.0.0.1:{centre.port}"


def agent_for(folder, target, first, destinations, **model):
    return Agent(folder, url(first), [f"127.0.0.1:{target.port}"],
                 model={"remote_write": {"remote_timeout": "2s"}, "destinations": destinations, **model})


def scrapes(centre):
    """Numbers of scrapes whose every sample is there."""
    found = {}
    for labels, samples in centre.of("test_value").items():
        for _, value in samples:
            if value != STALE:
                found.setdefault(value, set()).add(int(dict(labels)["i"]))
    numbers = [number for number in range(1, 2000) if any(bits(float(number * 1000 + index)) in found for index in range(COUNT))]
    return [number for number in numbers if all(bits(float(number * 1000 + index)) in found for index in range(COUNT))]


def books(agent):
    _, body = get(f"{agent.url}/api/v1/ledger")
    return {queue["name"]: queue for queue in json.loads(body)["queues"]}


def assert_exact(book):
    assert book["balanced"] and not any(book["rejected_by_reason"].values()) and not any(book["dropped_by_reason"].values())
    assert book["collected"] == book["delivered"] + book["queued"]


@pytest.mark.parametrize("mode", ["hang", "503", "refuse"])
def test_one_that_is_away_holds_up_no_other(tmp_path, places, mode):
    """Killed in between: the one that was there goes on at once, the other gets all that it missed."""
    target, first, second = places
    agent = agent_for(tmp_path / "agent", target, first, {"dr": {"url": url(second)}})
    with agent:
        eventually(lambda: len(scrapes(first)) >= 2 and len(scrapes(second)) >= 2, what="both get samples")
        if mode == "refuse":
            first.stop()
        first.mode = mode
        start = target.scrapes
        eventually(lambda: max(scrapes(second)) >= start + 4, what="the other stays fresh")
        assert max(scrapes(first)) <= start + 1
        held = books(agent)
        assert held["remote_write_central"]["queued"] >= 3 * COUNT
        agent.kill()
        agent.start()
        again = target.scrapes
        eventually(lambda: max(scrapes(second)) >= again + 2, what="the other is fresh after the start")
        assert max(scrapes(first)) <= start + 1
        first.mode = "ok"
        if mode == "refuse":
            first.start()
        last = target.scrapes
        eventually(lambda: max(scrapes(first)) >= last, what="the first is back")

        def complete(centre):
            # What was on its way from the target when the process died is with nobody.
            missing = set(range(1, last)) - set(scrapes(centre))
            return len(missing) <= 2
        eventually(lambda: complete(first) and complete(second), what="both have all")
        # The backlog may still be on its way to the first: what one has and the other doesn't is gone once it is through.
        eventually(lambda: set(scrapes(first)) ^ set(scrapes(second)) <= {target.scrapes - 1, target.scrapes, target.scrapes + 1}, what="both have the same")
        final = eventually(lambda: (now := books(agent)) and all(book["queued"] <= 2 * COUNT for book in now.values()) and now, what="both queues are drained")
        for book in final.values():
            assert_exact(book)
        metrics = agent.metrics()
        for name in ("remote_write_central", "remote_write_dr"):
            assert any(key.startswith("rescfg_samples_delivered_total{") and f'remote_name="{name}"' in key and value > 0 for key, value in metrics.items())


def test_a_queue_keeps_its_name_when_its_address_changes(tmp_path, places):
    target, first, second = places
    agent = agent_for(tmp_path / "agent", target, first, {"dr": {"url": url(second)}})
    with agent:
        eventually(lambda: len(scrapes(second)) >= 2, what="samples arrive")
        second.mode = "503"
        start = target.scrapes
        eventually(lambda: target.scrapes >= start + 4, what="scrapes go on")
        before = books(agent)["remote_write_dr"]
        with Centre() as moved:
            agent.document["destinations"]["dr"] = {"url": url(moved), "kind": "mimir", "write_path": "/somewhere/else", "out_of_order_window": "24h"}
            agent.model.write_text(json.dumps(agent.document))
            agent.process.send_signal(1)
            eventually(lambda: len(set(scrapes(moved)) & set(range(start + 1, start + 4))) == 3, what="what waited arrives at the new address")
            after = books(agent)["remote_write_dr"]
            assert after["url"] == f"{url(moved)}/somewhere/else" and after["collected"] >= before["collected"]
            assert_exact(after)
            assert len(set(scrapes(second)) & set(scrapes(moved))) <= 1


def test_a_destination_that_is_taken_away_holds_nothing(tmp_path, places):
    """Until the next start it goes on; from then on nothing waits for it. One that comes new begins with what is on the disk."""
    target, first, second = places
    second.mode = "503"
    agent = agent_for(tmp_path / "agent", target, first, {"dr": {"url": url(second)}})
    with agent:
        eventually(lambda: len(scrapes(first)) >= 3 and books(agent)["remote_write_dr"]["queued"] >= 3 * COUNT, what="one queue grows")
        del agent.document["destinations"]
        agent.model.write_text(json.dumps(agent.document))
        agent.process.send_signal(1)
        eventually(lambda: "takes effect at the next start" in agent.output(), what="the log says when")
        agent.stop()
        agent.start()
        assert list(books(agent)) == ["remote_write_central"]
        first.mode = "503"
        with Centre() as new:
            agent.stop()
            agent.document["destinations"] = {"new": {"url": url(new)}}
            agent.model.write_text(json.dumps(agent.document))
            agent.start()
            eventually(lambda: 2 in scrapes(new), what="the new one gets what is on the disk")
            assert set(books(agent)) == {"remote_write_central", "remote_write_new"}
            assert_exact(books(agent)["remote_write_new"])
