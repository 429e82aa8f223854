"""A partition from beginning to end, and a centre that loses its disk: agent, detector, central Prometheus and Alertmanager, each on a
host of its own (`partition_world`), started as rendered.

Run inside `unshare -Urnm`, with a folder for everything; prints what happened when as JSON, in seconds since the cut or the restoration.
"""
import json
import shutil
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from support.runtime.alertmanager import Alertmanager  # noqa: E402
from support.runtime.fakes import Target  # noqa: E402
from support.runtime.gaps import held_bits  # noqa: E402
from support.runtime.partition_world import HOSTS, TESTER, KubeStateMetrics, Network, Rendered, centre, on, ready  # noqa: E402
from support.runtime.processes import eventually, get  # noqa: E402
from support.runtime.remote_read import stored  # noqa: E402

INTERVAL = 1
THRESHOLD = 3
SERIES = 300
# Slow enough that there is a time in which the backlog waits and fresh samples don't; and for what is sent again after a loss.
DRAIN_RATE, REFILL_RATE = 1000, 20_000
AGENT = f"http://{HOSTS['node']}:9090"
DETECTOR = f"http://{HOSTS['detector']}:9090"


def model(target):
    return {
        "version": 1, "enable_network_resilience": True, "collector": "rescfg", "cluster_name": "test", "survive": "10m",
        "network_partition_threshold": THRESHOLD, "remote_write_max_backoff": "1s",
        "remote_write": {"drain_rate": DRAIN_RATE, "remote_timeout": "2s", "initial_backoff": "100ms", "batch_send_deadline": "500ms"},
        "detector": {"check_interval": f"{INTERVAL}s", "check_timeout": "500ms"}, "storage": {"size": "64Mi"},
        "central": {"url": f"http://{HOSTS['centre']}:9090", "out_of_order_window": "1h"},
        "load": {"series_per_node": SERIES, "scrape_interval": "1s"},
        # The first one is nobody: it holds up nothing.
        "alerts": {"alertmanagers": f"http://{HOSTS['alertmanager']}:9099,http://{HOSTS['alertmanager']}:9093", "silent_node_for": "1m", "queue_age": "5m"},
        "scrape_configs": [{"job_name": "test", "static_configs": [{"targets": [f"{TESTER}:{target.port}"]}]}], "environments": {"test": {}}}


class World:
    """All programs, while the scenario lasts."""

    def __init__(self, folder, stack):
        self.folder = folder
        self.network = Network(folder)
        self.target = Target(SERIES)
        self.target.host = TESTER
        stack.enter_context(self.target)
        nodes = stack.enter_context(KubeStateMetrics())
        (folder / "rescfg.yaml").write_text(json.dumps(model(self.target)))
        self.rendered = Rendered(folder, folder / "rescfg.yaml")
        self.alertmanager = stack.enter_context(on("alertmanager", Alertmanager(folder / "alertmanager", HOSTS["alertmanager"], 9093)))
        self.centre = stack.enter_context(centre(folder / "centre", self.rendered, f"{TESTER}:{nodes.port}"))
        self.queue = folder / "queue"
        self.agent = on("node", self.rendered.program("daemonset-prometheus-agent", folder / "agent", ["--data", self.queue], {"NODE_NAME": "node-1"}))
        self.events_path = folder / "partition-events.log"
        self.detector = on("detector", self.rendered.program("deployment-network-partition-detector", folder / "detector", [
            "--events", self.events_path], {"NODE_NAME": "node-0", "POD_NAME": "detector-0"}))
        for program, url in (self.agent, AGENT), (self.detector, DETECTOR):
            stack.enter_context(program)
            ready(url)

    def ledger(self):
        return json.loads(get(f"{AGENT}/api/v1/ledger")[1])["queues"][0]

    def state(self):
        return json.loads(get(f"{DETECTOR}/api/v1/status")[1])

    def agents(self, state):
        return self.state()["agents_by_state"][state]

    def asked_itself(self, expression):
        """The node's own answer, from its disk."""
        return json.loads(get(f"{AGENT}/api/v1/query?query={expression}")[1])["data"]["result"]

    def metric(self, url, name):
        return sum(float(line.rsplit(" ", 1)[1]) for line in get(f"{url}/metrics")[1].decode().splitlines() if line.startswith(name))

    def lacking(self, until):
        """Samples up to a time that the node's disk holds and the centre doesn't, to the bit; samples that only the centre has; and how many are held."""
        there, own = stored(self.centre.url, end=until), held_bits(self.queue, until)
        missing = sum(there.get(labels, {}).get(at) != bits for labels, points in own.items() for at, bits in points.items())
        # What the centre collects by itself has no node's label; ALERTS are its own, too.
        foreign = sum(at not in own.get(labels, {}) for labels, points in there.items() for at in points if ("environment", "test") in labels)
        return missing, foreign, sum(map(len, own.values()))


def noted(report, start, name, condition, seconds=40):
    eventually(condition, seconds=seconds, interval=0.05, what=name)
    report[name] = time.time() - start


def partition(world, report):
    alerts = world.alertmanager.alerts
    world.network.cut()
    cut = time.time()
    noted(report, cut, "detector says partitioned", lambda: world.state()["state"] == "partitioned")
    noted(report, cut, "detector sees the agent partitioned", lambda: world.agents("partitioned") == 1)
    noted(report, cut, "the agent's alert is at Alertmanager",
          lambda: alerts(alertname="NetworkPartitionDetected", severity="critical", cluster="test", node="node-1", instance="node-1:9090"))
    noted(report, cut, "the detector's alert is at Alertmanager", lambda: alerts(alertname="NetworkPartitionDetected", node="node-0"))
    noted(report, cut, "the centre's rule for each node fires", lambda: alerts(alertname="AgentSilent", severity="critical", cluster="test", node="node-1"))
    noted(report, cut, "the centre's dead man's switch fires", lambda: alerts(alertname="AllAgentsSilent", severity="critical", cluster="test"))
    [own] = world.asked_itself('up{job="test"}')
    report["the node's own answer is as old as"] = time.time() - own["value"][0]
    eventually(lambda: time.time() - cut > 15, what="a backlog")
    report["queued samples"] = world.ledger()["queued"]


def recovery(world, report):
    scraped = world.target.scrapes
    world.network.restore()
    restored = time.time()

    def fresh():
        newest = world.centre.query("timestamp(test_scrape)")
        return newest and time.time() - float(newest[0]["value"][1]) < 3

    noted(report, restored, "fresh samples are at the centre", fresh)
    report["queued when fresh samples came"] = world.ledger()["queued_by_lane"]["backlog"]
    noted(report, restored, "detector says connected", lambda: world.state()["state"] == "connected")
    noted(report, restored, "the backlog is sent", lambda: world.ledger()["queued_by_lane"]["backlog"] == 0)
    firing = "NetworkPartitionDetected", "AgentSilent", "AllAgentsSilent"
    noted(report, restored, "all alerts are resolved", lambda: not any(world.alertmanager.alerts(alertname=name) for name in firing))
    noted(report, restored, "the detector has asked the agent to look for gaps",
          lambda: world.metric(DETECTOR, 'rescfg_detector_sync_requests_total{result="accepted"}') >= 1)
    # Every scrape has a number: none is missing.
    values = [int(float(value)) for _, value in world.centre.query("test_scrape[1h]")[0]["values"]]
    report["scrapes missing at the centre"] = len(set(range(1, scraped + 1)) - set(values))
    lines = [json.loads(line) for line in world.events_path.read_text().splitlines()]
    report["events"] = [(it["from"], it["to"]) for it in lines if it["watched"] == "centre"]
    report["events of the agent"] = [(it["from"], it["to"]) for it in lines if it["watched"] == "agent"]


def synchronised(world):
    """One run of the job: its exit code, its report on the agent, and how long it took."""
    began = time.time()
    ran = world.rendered.sync()
    [agent] = json.loads(ran.stdout)["agents"] if ran.stdout else [{"error": ran.stderr}]
    return agent | {"code": ran.returncode, "seconds": time.time() - began}


def loss_at_the_centre(world, report):
    """Its data directory is deleted; what the nodes hold comes back."""
    # Nobody but the job that is to show it looks for gaps meanwhile.
    report["detector's exit code"] = world.detector.stop()
    world.rendered.model.write_text(world.rendered.model.read_text().replace(f"drain_rate: {DRAIN_RATE}", f"drain_rate: {REFILL_RATE}"))
    world.agent.process.send_signal(signal.SIGHUP)
    eventually(lambda: "model read again" in world.agent.output(), what="the agent reads its model again")
    before = world.ledger()["delivered"]
    deleted = round(time.time() * 1000)
    world.centre.stop()
    shutil.rmtree(world.centre.folder / "data")
    world.centre.start()
    missing, _, held = world.lacking(deleted)
    report["missing after the loss"], report["held by the node"] = missing, held
    report["sync after the loss"] = synchronised(world) | {"delivered before": before}
    synced = round(time.time() * 1000)
    missing, foreign, held = eventually(lambda: (found := world.lacking(deleted))[0] == 0 and found, seconds=5, what="the last request before the loss")
    report["missing after the refill"], report["at the centre alone"], report["held up to the loss"] = missing, foreign, held
    # What came meanwhile and since goes its usual way.
    eventually(lambda: world.lacking(synced)[:2] == (0, 0), what="all that the node holds is at the centre")
    report["sync after the refill"] = synchronised(world)


def scenario(folder):
    report = {}
    with ExitStack() as stack:
        world = World(folder, stack)
        eventually(lambda: world.centre.query("test_scrape"), what="samples at the centre")
        eventually(lambda: world.agents("connected") == 1, what="the detector knows the agent by its service's name")
        eventually(lambda: len(world.alertmanager.alerts(alertname="Watchdog")) == 2, what="the heartbeats of agent and detector")
        eventually(lambda: world.centre.query('up{job="prometheus-agent"}'), what="the agent is heard")
        eventually(lambda: not world.alertmanager.alerts(alertname="AllAgentsSilent"), what="the dead man's switch is quiet")
        partition(world, report)
        recovery(world, report)
        report["sync after the partition"] = synchronised(world)
        loss_at_the_centre(world, report)
        ledger = world.ledger()
        report["lost"] = sum(ledger["rejected_by_reason"].values()) + sum(ledger["dropped_by_reason"].values())
        report["balanced"] = ledger["balanced"]
    return report


if __name__ == "__main__":
    print(json.dumps(scenario(Path(sys.argv[1]))))
