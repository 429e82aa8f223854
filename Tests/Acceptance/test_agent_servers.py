"""`rescfg run agent` among real servers: Prometheus as centre and in front of us, VictoriaMetrics, vmagent, node exporter."""
import math
import time
import urllib.request

import pytest

from support.runtime.fakes import Centre, Target
from support.runtime.processes import eventually, free_port, get
from support.runtime.remote_write import STALE, bits, request
from support.runtime.servers import Agent, NodeExporter, Prometheus, PrometheusAgent, VictoriaMetrics, Vmagent

COUNT = 20


def write(agent, body, version="0.1.0"):
    """Posts a 1.0 request to the agent's receiver and gives the status."""
    post = urllib.request.Request(agent.write_url, body, {
        "Content-Encoding": "snappy", "Content-Type": "application/x-protobuf", "X-Prometheus-Remote-Write-Version": version})
    try:
        with urllib.request.urlopen(post, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def whole(samples):
    """Numbers of the scrapes of which every sample is there."""
    found = {}
    for labels, points in samples.items():
        for _, value in points:
            found.setdefault(int(value) // 1000, set()).add(int(dict(labels)["i"]))
    return {number for number, indexes in found.items() if len(indexes) == COUNT}


def test_outage_kill_and_restart_against_prometheus(tmp_path):
    """The centre is gone, the agent is killed meanwhile, both come back: every scrape is there."""
    centre = Prometheus(tmp_path / "centre")
    with centre, Target(COUNT) as target:
        agent = Agent(tmp_path / "agent", centre.url, [f"127.0.0.1:{target.port}"])
        with agent:
            eventually(lambda: len(whole(centre.samples("test_value"))) >= 3, what="scrapes at the centre")
            centre.kill()
            start = target.scrapes
            eventually(lambda: target.scrapes >= start + 4, what="scrapes go on")
            agent.kill()
            agent.start()
            eventually(lambda: target.scrapes >= start + 8, what="scrapes go on after the kill")
            centre.start()
            scraped = target.scrapes - 1
            found = eventually(lambda: (found := whole(centre.samples("test_value"))) and max(found) >= scraped and agent.ledger()["queued"] <= 60 and found, seconds=60, what="the backlog is through")
            # What was on its way from the target when the agent was killed isn't held by anybody.
            assert len(set(range(1, scraped + 1)) - found) <= 2
            assert agent.ledger()["balanced"]


def test_every_sample_of_node_exporter_arrives(tmp_path):
    with Prometheus(tmp_path / "centre") as centre, NodeExporter(tmp_path / "node") as exporter, \
            Agent(tmp_path / "agent", centre.url, [f"127.0.0.1:{exporter.port}"]) as agent:
        eventually(lambda: agent.ledger()["delivered"] > 1000, what="samples are delivered")
        exposed = {line.split("{")[0].split(" ")[0] for line in get(f"http://127.0.0.1:{exporter.port}/metrics")[1].decode().splitlines() if line and line[0] != "#"}
        names = eventually(lambda: (found := {one["metric"]["__name__"] for one in centre.query('{job="test"}')}) >= exposed and found, what="every metric is at the centre")
        assert {"up", "scrape_duration_seconds", "scrape_samples_scraped", "scrape_samples_post_metric_relabeling", "scrape_series_added"} <= names
        [up] = centre.query('up{job="test"}')
        assert up["value"][1] == "1"
        ledger = agent.ledger()
        assert ledger["balanced"] and not any(ledger["rejected"].values())


@pytest.mark.parametrize("front", [PrometheusAgent, Vmagent])
@pytest.mark.parametrize("kind", ["prometheus", "victoriametrics"])
def test_another_collector_in_front_of_us(tmp_path, front, kind):
    """The pod of `collector: prometheus`: it scrapes and writes to us, we ride out the outage."""
    centre = Prometheus(tmp_path / "centre") if kind == "prometheus" else VictoriaMetrics(tmp_path / "centre")
    with centre, Target(COUNT) as target:
        model = {"collector": "prometheus", "central": {"kind": kind}}
        agent = Agent(tmp_path / "agent", centre.url, model=model)
        with agent, front(tmp_path / "front", f"127.0.0.1:{target.port}", agent.write_url):
            eventually(lambda: len(whole(centre.samples("test_value"))) >= 3, seconds=40, what="scrapes at the centre")
            # In order: VictoriaMetrics forgets what it acknowledged last when it is killed.
            centre.stop()
            start = target.scrapes
            eventually(lambda: target.scrapes >= start + 5, what="scrapes go on")
            agent.kill()
            agent.start()
            eventually(lambda: target.scrapes >= start + 8, what="scrapes go on after the kill")
            centre.start()
            scraped = target.scrapes

            # Fresh samples come first, so the newest scrape says nothing of those before it.
            def complete():
                found = whole(centre.samples("test_value"))
                return found and set(range(min(found), scraped + 1)) <= found

            eventually(complete, seconds=60, what=f"the backlog is through\n{agent.output()[-2000:]}")


@pytest.mark.parametrize("window", ["2h", None])
def test_an_old_backlog_needs_the_window(tmp_path, window):
    """Samples of 70 minutes ago: a centre with a window takes them, one without refuses them and they are set aside one by one."""
    now = int(time.time() * 1000)
    old = now - 70 * 60_000
    series = [((("__name__", "aged"), ("i", str(index))), [(old + 1000 * step, bits(float(step))) for step in range(5)]) for index in range(4)]
    fresh = [((("__name__", "aged_fresh"),), [(now, bits(1.0))])]
    with Prometheus(tmp_path / "centre", window) as centre:
        with Agent(tmp_path / "agent", centre.url, model={"collector": "prometheus", "metrics_sync_interval": 60, "central": {"out_of_order_window": "2h"}}) as agent:
            assert write(agent, request(fresh)) == 204
            eventually(lambda: centre.query("aged_fresh"), what="the fresh sample")
            assert write(agent, request(series)) == 204
            ledger = eventually(lambda: (books := agent.ledger())["queued"] == 0 and books, what="the queue is drained")
            assert ledger["balanced"] and ledger["collected"] == 21
            if window:
                assert ledger["delivered"] == 21
                assert {len(points) for points in centre.samples("aged").values()} == {5}
            else:
                assert ledger["delivered"] == 1 and sum(ledger["rejected"].values()) == 20
                assert ledger["rejected"].get("too_old") == 20


def test_values_arrive_bit_for_bit(tmp_path):
    values = [bits(value) for value in (0.0, -0.0, 1.5, 5e-324, -1.7976931348623157e308, math.inf, -math.inf)]
    values += [0x7FF8000000000001, 0xFFF8DEADBEEF0001, 0x7FF4000000000123, STALE]
    now = int(time.time() * 1000)
    sent = {(("__name__", "exact"), ("i", str(index))): [(now + index, value)] for index, value in enumerate(values)}
    with Centre() as centre, Agent(tmp_path / "agent", f"http://127.0.0.1:{centre.port}", model={"collector": "prometheus"}) as agent:
        assert write(agent, request(sent.items())) == 204
        eventually(lambda: len(centre.of("exact")) == len(values), what="all samples at the centre")
        assert centre.of("exact") == sent


@pytest.mark.parametrize("body, status", [(b"", 400), (b"not snappy", 400), (b"\x05\x10hello", 400)])
def test_what_is_no_request_is_refused(tmp_path, body, status):
    with Agent(tmp_path / "agent", f"http://127.0.0.1:{free_port()}", model={"collector": "prometheus"}) as agent:
        assert write(agent, body) == status
        assert agent.ledger()["collected"] == 0
