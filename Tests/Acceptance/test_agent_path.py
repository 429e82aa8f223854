"""The agent seen from outside: connections that die silently, a clock that is off, bounds of the server, a reload."""
import http.client
import json
import time
from email.utils import formatdate

import pytest

from support.runtime.fakes import Centre, Server, Target, answer
from support.runtime.processes import eventually, get
from support.runtime.remote_write import STALE
from support.runtime.servers import Agent

INTERVAL = 2


class SilentCentre(Centre):
    """While it is silent it takes what comes and says nothing, on that connection for ever; on new ones it answers when it is back."""

    def serve(self, request):
        if self.mode == "silent":
            request.rfile.read(int(request.headers.get("Content-Length") or 0))
            time.sleep(600)
            return None
        return super().serve(request)


@pytest.mark.parametrize("silence", [6, 13])
def test_fresh_samples_come_while_old_requests_hang(tmp_path, silence):
    """After the first timeout: whatever tries then hangs as well, until it is too late for two scrapes."""
    with Target(5) as target, SilentCentre() as centre:
        model = {"remote_write": {"remote_timeout": "5s", "max_shards": 2}}
        with Agent(tmp_path / "agent", f"http://127.0.0.1:{centre.port}", [f"127.0.0.1:{target.port}"], model=model, interval=f"{INTERVAL}s") as agent:
            eventually(lambda: len(centre.of("test_scrape")) == 1 and target.scrapes >= 2, what="samples arrive")
            centre.mode = "silent"
            time.sleep(silence)
            centre.mode = "ok"
            restored = time.time()
            # Two intervals, and what a machine at work on other things takes.
            fresh = eventually(lambda: any(at / 1000 > restored for samples in centre.of("test_scrape").values() for at, _ in samples) and time.time(), seconds=12, interval=0.05, what="a fresh sample")
            assert fresh - restored < 2 * INTERVAL + 2
            eventually(lambda: agent.ledger()["queued"] <= 12, what="the queue is drained")
            books = agent.ledger()
            assert books["balanced"] and not any(books["rejected"].values()) and not any(books["dropped"].values())


class DatedCentre(Centre):
    """Its clock is off."""

    offset = 0

    def serve(self, request):
        request.date_time_string = lambda timestamp=None: formatdate(time.time() + self.offset, usegmt=True)
        return super().serve(request)


def test_the_clock_of_the_centre_bounds_timestamps(tmp_path):
    """An hour behind, it would take our present for its future: what it could not take waits, nothing is refused."""
    with Target(5) as target, DatedCentre() as centre:
        centre.offset = -3600
        with Agent(tmp_path / "agent", f"http://127.0.0.1:{centre.port}", [f"127.0.0.1:{target.port}"]) as agent:
            def offset():
                values = [value for key, value in agent.metrics().items() if key.startswith("rescfg_clock_offset_seconds{")]
                return values if values and 3590 < values[0] < 3610 else None
            assert len(eventually(offset, what="the difference is known")) == 1
            status = eventually(lambda: get(f"{agent.url}/api/v1/status")[1].decode(), what="status")
            assert '"clock_offset_seconds":36' in status or '"clock_offset_seconds":359' in status
            held = eventually(lambda: agent.ledger()["queued"] >= 40 and agent.ledger(), what="samples wait")
            assert held["balanced"] and not any(held["rejected"].values())
            arrived = sum(len(samples) for samples in centre.of("test_scrape").values())
            start = target.scrapes
            eventually(lambda: target.scrapes >= start + 3, what="scrapes go on")
            assert sum(len(samples) for samples in centre.of("test_scrape").values()) == arrived


def test_bounds_of_the_server_are_counted_and_said(tmp_path):
    with Target(1) as target, Centre() as centre:
        with Agent(tmp_path / "agent", f"http://127.0.0.1:{centre.port}", [f"127.0.0.1:{target.port}"]) as agent:
            for _ in range(5):
                connection = http.client.HTTPConnection("127.0.0.1", agent.receive_port, timeout=10)
                connection.putrequest("POST", "/api/v1/write")
                connection.putheader("Content-Length", str(17 << 20))
                connection.endheaders()
                assert connection.getresponse().status == 413
                connection.close()
            assert eventually(lambda: agent.metrics()['rescfg_limit_hits_total{limit="body_size"}'] == 5, what="it is counted")
            assert b'"body_size":5' in get(f"{agent.url}/api/v1/status")[1]
            eventually(lambda: "413" in agent.output(), seconds=15, what="the log says so")
            assert agent.output().count("a request's body was too large") == 1


def test_a_reload_keeps_what_it_changes_nothing_of(tmp_path):
    """A discovery of the same words isn't begun anew, and its targets aren't lost for a moment; a changed one is."""
    asked = []
    with Target(1) as target, Target(1) as other, Centre() as centre:
        def targets(request):
            asked.append(request.path)
            answer(request, 200, json.dumps([{"targets": [f"127.0.0.1:{target.port}"]}]).encode(), [("Content-Type", "application/json")])
        with Server(targets) as directory:
            found = {"job_name": "found", "http_sd_configs": [{"url": f"http://127.0.0.1:{directory.port}/a"}]}
            agent = Agent(tmp_path / "agent", f"http://127.0.0.1:{centre.port}", [f"127.0.0.1:{other.port}"])
            agent.document["scrape_configs"].append(found)
            agent.model.write_text(json.dumps(agent.document))
            with agent:
                def of(job):
                    return [value for labels, samples in centre.of("test_scrape").items() if dict(labels)["job"] == job for _, value in samples]
                eventually(lambda: len(of("found")) >= 2 and len(of("test")) >= 2, what="both are scraped")
                agent.document["scrape_configs"] = [found | {"sample_limit": 100}, {"job_name": "new", "static_configs": [{"targets": [f"127.0.0.1:{other.port}"]}]}]
                agent.model.write_text(json.dumps(agent.document))
                agent.process.send_signal(1)
                eventually(lambda: len(of("new")) >= 2, what="the new job is scraped")
                assert asked == ["/a"] and STALE not in of("found") and STALE in of("test")
                before = len(of("found"))
                eventually(lambda: len(of("found")) >= before + 2, what="the found target is scraped on")
                found["http_sd_configs"][0]["url"] += "?b"
                agent.document["scrape_configs"][0] = found
                agent.model.write_text(json.dumps(agent.document))
                agent.process.send_signal(1)
                eventually(lambda: asked == ["/a", "/a?b"], what="the changed discovery begins anew")
