"""Alerts of an agent and of its centre, at a real Alertmanager: one where both raise the same, one group where an operator adds a label."""
import json
import signal
import time
import urllib.request
from datetime import datetime

from support.binary import render
from support.runtime.alertmanager import Alertmanager
from support.runtime.processes import eventually, get
from support.runtime.remote_write import bits, request
from support.runtime.servers import Agent, Prometheus, merged

LOSS = "RemoteWriteDataLoss"
LABELS = {"alertname", "severity", "cluster", "node", "instance", "remote_name", "url"}


def lose_a_sample(agent, centre):
    """A second value for a time that has one: refused for good."""
    now = round(time.time() * 1000)
    for value in 1.0, 2.0:
        body = request([([("__name__", "test_twice"), ("job", "test")], [(now, bits(value))])])
        words = {"Content-Encoding": "snappy", "Content-Type": "application/x-protobuf", "X-Prometheus-Remote-Write-Version": "0.1.0"}
        with urllib.request.urlopen(urllib.request.Request(agent.write_url, body, words), timeout=10) as answer:
            assert answer.status // 100 == 2
        eventually(lambda: centre.query("test_twice"), what="the first one is there")


def own_alerts(centre):
    found = json.loads(get(f"{centre.url}/api/v1/alerts")[1])["data"]["alerts"]
    return [it["labels"] for it in found if it["state"] == "firing" and it["labels"]["alertname"] == LOSS]


def milliseconds(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000


def configured(alertmanagers, external_labels=None):
    return json.dumps({"global": {"evaluation_interval": "1s", "external_labels": external_labels or {}}, "rule_files": ["rules.yml"],
                       "storage": {"tsdb": {"out_of_order_time_window": "1h"}},
                       "alerting": {"alertmanagers": [{"static_configs": [{"targets": alertmanagers}]}]}})


def test_one_alert_for_one_loss(tmp_path):
    alertmanager = Alertmanager(tmp_path / "alertmanager")
    centre = Prometheus(tmp_path / "centre", arguments=["--rules.alert.resend-delay=1s"])
    agent = Agent(tmp_path / "agent", centre.url, model={"alerts": {"alertmanagers": alertmanager.url}})
    # As the rendered job has it: by its node, at the port that all agents have.
    own = {"job_name": "prometheus-agent", "static_configs": [{"targets": [f"127.0.0.1:{agent.port}"], "labels": {"instance": "node-1:9090"}}]}
    agent.model.write_text(json.dumps(merged(agent.document, {"scrape_configs": [own]})))
    render(agent.model, "test", tmp_path / "out").succeeded()
    (centre.folder / "rules.yml").write_bytes((tmp_path / "out/prometheus/rules.yml").read_bytes())

    def reconfigured(*words):
        (centre.folder / "prometheus.yml").write_text(configured(*words))
        if centre.is_running():
            centre.process.send_signal(signal.SIGHUP)

    host = alertmanager.url.removeprefix("http://")
    reconfigured([])
    with alertmanager, centre, agent:
        eventually(lambda: centre.query("rescfg_samples_rejected_total"), what="the centre hears of the agent's ledger")
        lose_a_sample(agent, centre)
        [at_centre] = eventually(lambda: own_alerts(centre), what="the centre raises it, and tells nobody yet")
        [from_agent] = eventually(lambda: alertmanager.alerts(alertname=LOSS), what="the agent has told of it")
        assert set(at_centre) == LABELS and from_agent["labels"] == at_centre

        reconfigured([host])
        [from_both] = eventually(lambda: [it for it in alertmanager.alerts(alertname=LOSS) if str(centre.port) in it["generatorURL"]], what="the centre has told of it")
        assert from_both["fingerprint"] == from_agent["fingerprint"] and from_both["startsAt"] <= from_agent["startsAt"]
        assert len(alertmanager.alerts(alertname=LOSS)) == 1

        # The operator adds a label of its own to what the centre raises: then there are two, in one group.
        reconfigured([host], {"prometheus": "observability/main"})
        eventually(lambda: len(alertmanager.alerts(alertname=LOSS)) == 2, what="the centre's own alert")
        [group] = json.loads(get(f"{alertmanager.url}/api/v2/alerts/groups?filter=alertname%3D%22{LOSS}%22")[1])
        assert group["labels"] == {name: at_centre[name] for name in ("alertname", "cluster", "node")}
        assert [set(it["labels"].items()) ^ set(at_centre.items()) for it in sorted(group["alerts"], key=lambda it: len(it["labels"]))] == [
            set(), {("prometheus", "observability/main")}]

        # The heartbeat is told of for a few minutes at a time: without its agent it ends.
        [heartbeat] = alertmanager.alerts(alertname="Watchdog")
        assert 0 < milliseconds(heartbeat["endsAt"]) - time.time() * 1000 <= 240_000
