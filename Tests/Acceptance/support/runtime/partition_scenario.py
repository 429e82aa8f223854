"""A partition from beginning to end, in a network namespace of its own: agent, detector, central Prometheus and Alertmanager on
addresses of the loopback device, and nftables that drops what goes to the centre.

Run inside `unshare -Urn`, with a folder for everything; prints what happened when as JSON, in seconds since the cut or the restoration.
"""
import http.client
import json
import os
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from support.binary import BINARY  # noqa: E402
from support.runtime.fakes import Target  # noqa: E402
from support.runtime.processes import Program, eventually, get  # noqa: E402
from support.runtime.servers import TOOLS, Agent, Detector, merged  # noqa: E402

CENTRE, ALERTMANAGER = "127.0.0.2:9090", "127.0.0.3:9093"
INTERVAL = 1
THRESHOLD = 3
SERIES = 300
# Slow enough that there is a time in which the backlog waits and fresh samples don't.
DRAIN_RATE = 1000
MODEL = {"network_partition_threshold": THRESHOLD, "remote_write": {"drain_rate": DRAIN_RATE, "remote_timeout": "2s"},
         "detector": {"check_interval": f"{INTERVAL}s", "check_timeout": "500ms"},
         "alerts": {"alertmanagers": f"http://127.0.0.3:9099,http://{ALERTMANAGER}", "silent_node_for": "1m", "queue_age": "5m"}}


def shell(*words):
    subprocess.run(words, check=True)


class Network:
    """What goes to the centre arrives, or is dropped without a word."""

    def __init__(self):
        shell("ip", "link", "set", "lo", "up")
        shell("nft", "add table inet partition; add chain inet partition out { type filter hook output priority 0; }")

    def cut(self):
        shell("nft", "add rule inet partition out ip daddr 127.0.0.2 ip saddr != 127.0.0.2 drop")
        shell("nft", "add rule inet partition out ip saddr 127.0.0.2 ip daddr != { 127.0.0.2, 127.0.0.3 } drop")

    def restore(self):
        shell("nft", "flush chain inet partition out")


class Centre(Program):
    def __init__(self, folder, rules):
        folder.mkdir()
        (folder / "rules.yml").write_text(rules)
        (folder / "prometheus.yml").write_text(json.dumps({
            "global": {"evaluation_interval": "1s"}, "storage": {"tsdb": {"out_of_order_time_window": "2h"}}, "rule_files": ["rules.yml"],
            "alerting": {"alertmanagers": [{"static_configs": [{"targets": [ALERTMANAGER]}]}]}}))
        super().__init__([TOOLS / "prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
                          "--web.enable-remote-write-receiver", f"--web.listen-address={CENTRE}", "--log.level=warn"], folder / "log")


class Alertmanager(Program):
    def __init__(self, folder):
        folder.mkdir()
        (folder / "alertmanager.yml").write_text(json.dumps({"route": {"receiver": "none"}, "receivers": [{"name": "none"}]}))
        # Debian's looks for its templates in /usr/share: in a mount namespace of its own, they are there.
        mounted = ["unshare", "-Urm", "sh", "-c", f'mount --bind {TOOLS.parent / "share"} /usr/share && exec "$0" "$@"']
        super().__init__([*mounted, TOOLS / "prometheus-alertmanager", f"--config.file={folder}/alertmanager.yml", f"--storage.path={folder}/data",
                          f"--web.listen-address={ALERTMANAGER}", "--cluster.listen-address=", "--log.level=warn"], folder / "log")

    def alerts(self, **labels):
        """Those that fire and have the labels."""
        found = json.loads(get(f"http://{ALERTMANAGER}/api/v2/alerts?active=true")[1])
        return [it for it in found if all(it["labels"].get(name) == value for name, value in labels.items())]


def query(expression):
    """From a source address that isn't cut off."""
    connection = http.client.HTTPConnection(CENTRE, timeout=5, source_address=("127.0.0.2", 0))
    try:
        connection.request("GET", f"/api/v1/query?{urllib.parse.urlencode({'query': expression})}")
        return json.loads(connection.getresponse().read())["data"]["result"]
    finally:
        connection.close()


def rendered_rules(folder, model):
    """The rules as rendered, with ten seconds in place of the least minute that the model takes for a silent node."""
    out = folder / "out"
    shell(BINARY, "render", "--env", "test", "--config", model, "--only", "prometheus", "--out", out)
    rules = (out / "prometheus/rules.yml").read_text()
    short = rules.replace('absent_over_time(up{job="prometheus-agent"}[1m])', 'absent_over_time(up{job="prometheus-agent"}[10s])')
    assert short != rules
    return short


def scenario(folder):
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    network = Network()
    report = {}
    with Target(SERIES) as target:
        agent = Agent(folder / "agent", f"http://{CENTRE}", [], model=merged(MODEL, {"scrape_configs": [
            {"job_name": "test", "static_configs": [{"targets": [f"127.0.0.1:{target.port}"]}]}]}))
        own = {"job_name": "prometheus-agent", "static_configs": [{"targets": [f"127.0.0.1:{agent.port}"]}]}
        agent.model.write_text(json.dumps(merged(agent.document, {"scrape_configs": agent.document["scrape_configs"] + [own]})))
        detector = Detector(folder / "detector", f"http://{CENTRE}", [f"127.0.0.1:{agent.port}"], model=MODEL)
        with Centre(folder / "centre", rendered_rules(folder, agent.model)), Alertmanager(folder / "alertmanager") as alertmanager, agent, detector:
            eventually(lambda: query("test_scrape"), what="samples at the centre")
            eventually(lambda: detector.state()["agents_by_state"]["connected"] == 1, what="the detector knows the agent")
            eventually(lambda: len(alertmanager.alerts(alertname="Watchdog")) == 2, what="the heartbeats of agent and detector")
            eventually(lambda: query('up{job="prometheus-agent"}'), what="the agent is heard")
            partition(network, report, agent, detector, alertmanager)
            recovery(network, report, agent, detector, alertmanager, target)
    return report


def partition(network, report, agent, detector, alertmanager):
    network.cut()
    cut = time.time()

    def since(name, condition, seconds=30):
        eventually(condition, seconds=seconds, interval=0.05, what=name)
        report[name] = time.time() - cut

    since("detector says partitioned", lambda: detector.state()["state"] == "partitioned")
    since("detector sees the agent partitioned", lambda: detector.state()["agents_by_state"]["partitioned"] == 1)
    since("the agent's alert is at Alertmanager", lambda: alertmanager.alerts(alertname="NetworkPartitionDetected", severity="critical", cluster="test", node="node-1"))
    since("the detector's alert is at Alertmanager", lambda: alertmanager.alerts(alertname="NetworkPartitionDetected", node="node-0"))
    since("the centre's dead man's switch fires", lambda: alertmanager.alerts(alertname="AllAgentsSilent", severity="critical", cluster="test"))
    eventually(lambda: time.time() - cut > 15, what="a backlog")
    report["queued samples"] = agent.ledger()["queued"]


def recovery(network, report, agent, detector, alertmanager, target):
    scraped = target.scrapes
    network.restore()
    restored = time.time()

    def since(name, condition, seconds=40):
        eventually(condition, seconds=seconds, interval=0.05, what=name)
        report[name] = time.time() - restored

    def fresh():
        newest = query("timestamp(test_scrape)")
        return newest and time.time() - float(newest[0]["value"][1]) < 3

    since("fresh samples are at the centre", fresh)
    report["queued when fresh samples came"] = agent.ledger()["queued_by_lane"]["backlog"]
    since("detector says connected", lambda: detector.state()["state"] == "connected")
    since("the backlog is sent", lambda: agent.ledger()["queued_by_lane"]["backlog"] == 0)
    since("the alerts are resolved", lambda: not alertmanager.alerts(alertname="NetworkPartitionDetected"))
    since("the dead man's switch is quiet", lambda: not alertmanager.alerts(alertname="AllAgentsSilent"))
    # Every scrape has a number: none is missing.
    values = [int(float(value)) for _, value in query("test_scrape[1h]")[0]["values"]]
    report["scrapes missing at the centre"] = len(set(range(1, scraped + 1)) - set(values))
    report["events"] = [(it["from"], it["to"]) for it in detector.events("centre")]
    ledger = agent.ledger()
    report["lost"] = sum(ledger["rejected"].values()) + sum(ledger["dropped"].values())


if __name__ == "__main__":
    print(json.dumps(scenario(Path(sys.argv[1]))))
