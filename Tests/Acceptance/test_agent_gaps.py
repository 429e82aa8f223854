"""The comparison with the centre, and the refill: against a Prometheus that loses what it acknowledged, and a centre that lies. For VictoriaMetrics, test_run_sync.py."""
import json
import shutil
import time

from support.runtime.fakes import LyingCentre, Target
from support.runtime.gaps import check, document, missing, post
from support.runtime.processes import eventually, get
from support.runtime.servers import Agent, Prometheus

COUNT = 20


def delivered(agent):
    """Nothing waits: what the disk holds is what the centre acknowledged."""
    return eventually(lambda: agent.ledger()["queued"] <= 2 * (COUNT + 6) and agent.ledger(), seconds=60, what="the queue is drained")


def test_prometheus_that_lost_its_data_gets_all_of_it_back(tmp_path, capsys):
    centre = Prometheus(tmp_path / "centre")
    with centre, Target(COUNT) as one, Target(COUNT) as two:
        targets = [f"127.0.0.1:{one.port}", f"127.0.0.1:{two.port}"]
        with Agent(tmp_path / "agent", centre.url, targets) as agent:
            eventually(lambda: one.scrapes >= 5, what="scrapes")
            # A partition, and its end: what was queued meanwhile is no gap.
            centre.kill()
            start = one.scrapes
            eventually(lambda: one.scrapes >= start + 5, what="scrapes go on")
            centre.start()
            delivered(agent)
            clean = check(agent)
            assert clean["result"] == "complete" and clean["gaps"] == [] and clean["samples_compared"] > 100, clean
            lacking, _ = missing(agent, centre)
            assert len(lacking) <= 2 * (COUNT + 6), "at most the scrapes that are on their way"

            before = agent.ledger()
            centre.stop()
            shutil.rmtree(centre.folder / "data")
            centre.start()
            report = check(agent)
            assert report["result"] == "complete" and report["gaps"], report
            assert {gap["state"] for gap in report["gaps"]} == {"filled"}
            lacking, count = missing(agent, centre)
            assert len(lacking) <= 2 * (COUNT + 6), lacking[:5]
            # What is refilled is exactly what was delivered before; the last scrapes came by themselves.
            one.stop()
            two.stop()
            eventually(lambda: not missing(agent, centre)[0], what="the last scrapes arrive")
            after = agent.ledger()
            assert after["balanced"] and after["delivered"] - before["delivered"] <= after["collected"] - before["collected"] + before["queued"]
            metrics = agent.metrics()
            replayed = next(value for name, value in metrics.items() if name.startswith("rescfg_gap_samples_replayed_total"))
            assert replayed == report["samples_replayed"] >= clean["samples_compared"]
            again = check(agent)
            assert again["result"] == "complete" and not again["gaps"] and again["samples_replayed"] == 0
            with capsys.disabled():
                print(f"\n  Prometheus: no gaps found in {clean['took']} s; {report['samples_replayed']} of {count} samples back in {report['took']} s")


def test_a_centre_that_lies_gets_one_trial(tmp_path):
    with LyingCentre() as centre, Target(COUNT) as target:
        with Agent(tmp_path / "agent", f"http://127.0.0.1:{centre.port}", [f"127.0.0.1:{target.port}"]) as agent:
            eventually(lambda: target.scrapes >= 4, what="scrapes")
            first = check(agent)
            assert first["result"] == "gaps" and first["samples_replayed"] > 0
            for _ in range(2):
                again = check(agent)
                assert again["result"] == "gaps" and again["samples_replayed"] == 0
            assert agent.ledger()["balanced"]


def test_the_way_to_ask(tmp_path):
    with Target(1) as target, Agent(tmp_path / "agent", "http://127.0.0.1:1", [f"127.0.0.1:{target.port}"]) as agent:
        assert get(f"{agent.url}/-/sync")[0] == 405
        assert post(f"{agent.url}/api/v1/gaps")[0] == 405
        answers = [post(f"{agent.url}/-/sync") for _ in range(50)]
        assert {status for status, _ in answers} == {202}
        numbers = {json.loads(body)["queues"][0]["check"] for _, body in answers}
        assert len(numbers) <= 2, "those who ask at once get the same check"
        start = time.monotonic()
        eventually(lambda: document(agent)["last_check"], what="the check ends")
        # Whatever is asked, checks begin five seconds apart.
        while time.monotonic() < start + 3:
            post(f"{agent.url}/-/sync")
        assert document(agent)["checks_begun"] <= 2
