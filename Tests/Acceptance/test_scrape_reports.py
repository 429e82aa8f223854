"""What the agent writes about its scrapes, beside what a real Prometheus writes about the same ones; and exemplars on their way."""
import json
import threading
import urllib.parse

from support.runtime.fakes import Server, answer
from support.runtime.processes import eventually, get
from support.runtime.servers import Agent, Prometheus

NAMES = ["up", "scrape_samples_scraped", "scrape_samples_post_metric_relabeling", "scrape_series_added"]


def series(count, more=""):
    return "".join(f'm{{i="{number}"}} {number}\n' for number in range(count)) + more


# Five samples are let through; None is an answer of 500.
PLAN = [series(3), series(3), series(8), series(8), series(3), series(4), series(3) + "broken{ 1\n", series(3), series(3) + "drop_a 1\ndrop_b 2\n",
        series(5) + "drop_a 1\n", series(6) + "drop_a 1\n", series(3), None, series(3), series(7, "long 1\n"), series(5), series(2) + "no_value\n", series(5)]


class Planned(Server):
    """Answers each scrape as planned, and the last for ever."""

    def __init__(self, plan, content_type="text/plain; version=0.0.4"):
        super().__init__(self.serve)
        self.plan = plan
        self.content_type = content_type
        self.count = 0
        self.lock = threading.Lock()

    def serve(self, request):
        with self.lock:
            body = self.plan[min(self.count, len(self.plan) - 1)]
            self.count += 1
        if body is None:
            return answer(request, 500)
        return answer(request, 200, body.encode(), [("Content-Type", self.content_type)])


def test_reports_are_those_of_prometheus(tmp_path):
    rules = {"sample_limit": 5, "metric_relabel_configs": [{"source_labels": ["__name__"], "regex": "drop_.*", "action": "drop"}]}
    with Planned(PLAN) as theirs, Planned(PLAN) as ours:
        def job(target):
            return {"job_name": "test", "scrape_interval": "1s", "scrape_timeout": "1s", "static_configs": [{"targets": [f"127.0.0.1:{target.port}"]}]} | rules
        centre = Prometheus(tmp_path / "centre", config={"scrape_configs": [job(theirs)]})
        with centre, Agent(tmp_path / "agent", centre.url, model={"scrape_configs": [job(ours)]}):
            def reports(target):
                return {name: [int(value) for _, value in next(iter(centre.samples(f'{name}{{instance="127.0.0.1:{target.port}"}}').values()), [])][:len(PLAN)]
                        for name in NAMES}
            eventually(lambda: all(len(values) == len(PLAN) for target in (theirs, ours) for values in reports(target).values()), seconds=90,
                       what="every planned scrape is reported")
            assert reports(ours) == reports(theirs)
            # Otherwise there would be nothing to compare.
            assert reports(ours)["scrape_samples_scraped"][2] == 8


def test_exemplars_reach_the_centre(tmp_path):
    long = "x" * 126
    lines = [f'req_total{{path="/a"}} {number} # {{trace_id="t{number // 2}"}} 0.5\nreq_total{{path="/b"}} {number} # {{id="{long}x"}} 1\n# EOF\n' for number in range(4)]
    with Planned(lines, "application/openmetrics-text; version=1.0.0") as target:
        centre = Prometheus(tmp_path / "centre", arguments=["--enable-feature=exemplar-storage"])
        with centre, Agent(tmp_path / "agent", centre.url, [f"127.0.0.1:{target.port}"]) as agent:
            def found():
                query = urllib.parse.urlencode({"query": "req_total", "start": 0, "end": 4e9})
                return json.loads(get(f"{centre.url}/api/v1/query_exemplars?{query}")[1])["data"]
            eventually(lambda: sum(len(one["exemplars"]) for one in found()) >= 2 and target.count >= 6, what="exemplars are at the centre")
            [one] = found()
            assert one["seriesLabels"]["path"] == "/a" and [it["labels"] for it in one["exemplars"]] == [{"trace_id": "t0"}, {"trace_id": "t1"}]
            assert [float(it["value"]) for it in one["exemplars"]] == [0.5, 0.5]
            assert agent.ledger()["balanced"]
