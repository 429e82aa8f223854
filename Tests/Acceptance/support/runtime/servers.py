"""The real programs: Prometheus as centre and as agent in front of us, VictoriaMetrics, vmagent, node exporter; and ours."""
import json
import os
import urllib.parse
from pathlib import Path

from support.binary import BINARY, REPOSITORY

from .processes import Program, eventually, free_port, get

TOOLS = REPOSITORY / ".tools/bin"


class Prometheus(Program):
    """A central Prometheus with its remote-write receiver on."""

    def __init__(self, folder, window="2h", port=None, host="127.0.0.1", config=None, arguments=()):
        self.folder = folder
        self.host = host
        self.port = port or free_port()
        folder.mkdir(parents=True, exist_ok=True)
        storage = {"storage": {"tsdb": {"out_of_order_time_window": window}}} if window else {}
        (folder / "prometheus.yml").write_text(json.dumps(merged({"global": {"scrape_interval": "1h"}} | storage, config or {})))
        super().__init__([TOOLS / "prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
                          "--web.enable-remote-write-receiver", f"--web.listen-address={host}:{self.port}", "--log.level=warn", *arguments],
                         folder / "log")

    @property
    def url(self):
        return f"http://{self.host}:{self.port}"

    def start(self):
        super().start()
        eventually(lambda: get(f"{self.url}/-/ready")[0] == 200, what="Prometheus is ready")
        return self

    def query(self, expression, time=None):
        words = {"query": expression} | ({"time": str(time)} if time else {})
        status, body = get(f"{self.url}/api/v1/query?{urllib.parse.urlencode(words)}", timeout=30)
        assert status == 200, body
        return json.loads(body)["data"]["result"]

    def samples(self, selector, window="6h", time=None):
        """Every raw sample: by labels without the name, (milliseconds, value) in order of time."""
        return {tuple(sorted((k, v) for k, v in one["metric"].items() if k != "__name__")):
                [(round(float(at) * 1000), float(value)) for at, value in one["values"]]
                for one in self.query(f"{selector}[{window}]", time)}


class VictoriaMetrics(Program):
    def __init__(self, folder):
        self.port = free_port()
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__([TOOLS / "victoria-metrics", f"-storageDataPath={folder}/data", f"-httpListenAddr=127.0.0.1:{self.port}",
                          "-retentionPeriod=1y", "-search.latencyOffset=0s", "-loggerLevel=WARN"], folder / "log")

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        super().start()
        eventually(lambda: get(f"{self.url}/health")[0] == 200, what="VictoriaMetrics is ready")
        return self

    def samples(self, selector):
        get(f"{self.url}/internal/force_flush", timeout=30)
        _, body = get(f"{self.url}/api/v1/export?{urllib.parse.urlencode({'match[]': selector})}", timeout=30)
        return {tuple(sorted((k, v) for k, v in one["metric"].items() if k != "__name__")):
                list(zip(one["timestamps"], one["values"]))
                for one in map(json.loads, body.splitlines())}


class PrometheusAgent(Program):
    """Prometheus in agent mode, as it stands in front of our receiver."""

    def __init__(self, folder, target, write_url, interval="1s"):
        self.port = free_port()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "agent.yml").write_text(json.dumps({
            "global": {"scrape_interval": interval, "scrape_timeout": interval},
            "scrape_configs": [{"job_name": "test", "static_configs": [{"targets": [target]}]}],
            "remote_write": [{"url": write_url, "name": "rescfg_queue",
                              "queue_config": {"batch_send_deadline": "1s", "max_backoff": "1s"}}]}))
        super().__init__([TOOLS / "prometheus", "--enable-feature=agent", f"--config.file={folder}/agent.yml",
                          f"--storage.agent.path={folder}/data", f"--web.listen-address=127.0.0.1:{self.port}", "--log.level=warn"],
                         folder / "log")


class Vmagent(Program):
    def __init__(self, folder, target, write_url, interval="1s"):
        self.port = free_port()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "scrape.yml").write_text(json.dumps({
            "global": {"scrape_interval": interval, "scrape_timeout": interval},
            "scrape_configs": [{"job_name": "test", "static_configs": [{"targets": [target]}]}]}))
        super().__init__([TOOLS / "vmagent", f"-promscrape.config={folder}/scrape.yml", f"-remoteWrite.url={write_url}",
                          f"-remoteWrite.tmpDataPath={folder}/data", f"-httpListenAddr=127.0.0.1:{self.port}", "-loggerLevel=WARN",
                          "-remoteWrite.flushInterval=1s"], folder / "log")


class NodeExporter(Program):
    def __init__(self, folder):
        self.port = free_port()
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__([TOOLS / "prometheus-node-exporter", f"--web.listen-address=127.0.0.1:{self.port}", "--log.level=warn"], folder / "log")

    def start(self):
        super().start()
        eventually(lambda: get(f"http://127.0.0.1:{self.port}/metrics")[0] == 200, what="node exporter answers")
        return self


class Agent(Program):
    """`rescfg run agent` with static targets, on a model of few lines."""

    def __init__(self, folder, central, targets=(), model=None, interval="1s", arguments=()):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data = self.folder / "queue"
        self.model = self.folder / "rescfg.yaml"
        self.port = free_port()
        self.receive_port = free_port()
        document = {
            "version": 1, "enable_network_resilience": True, "collector": "rescfg", "cluster_name": "test", "survive": "10m",
            "remote_write_max_backoff": "1s", "remote_write": {"initial_backoff": "100ms", "batch_send_deadline": "500ms"},
            "detector": {"check_interval": "1s", "check_timeout": "500ms"},
            # Seldom: a comparison at the node's own moment would find first what a test asks for.
            "metrics_sync_interval": 180,
            "central": {"url": central, "out_of_order_window": "4h"}, "storage": {"size": "64Mi"},
            "load": {"series_per_node": 100, "scrape_interval": interval}, "alerts": {"queue_age": "5m"},
            "scrape_configs": [{"job_name": "test", "static_configs": [{"targets": list(targets)}]}] if targets else []}
        self.document = merged(document, model or {})
        self.model.write_text(json.dumps(self.document))
        environment = {k: v for k, v in os.environ.items() if not k.startswith("RESCFG_")} | {"NODE_NAME": "node-1"}
        super().__init__([BINARY, "run", "agent", "--env", "test", "--config", self.model, "--data", self.data,
                          "--listen", f"127.0.0.1:{self.port}", "--receive", f"127.0.0.1:{self.receive_port}", *arguments],
                         self.folder / "log", environment)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def write_url(self):
        return f"http://127.0.0.1:{self.receive_port}/api/v1/write"

    def start(self):
        super().start()
        eventually(lambda: get(f"{self.url}/-/ready")[0] == 200, what=f"the agent is ready\n{self.output()}")
        return self

    def ledger(self):
        status, body = get(f"{self.url}/api/v1/ledger")
        assert status == 200, body
        books = json.loads(body)["queues"][0]
        return books | {"rejected": books["rejected_by_reason"], "dropped": books["dropped_by_reason"]}

    def metrics(self):
        """Values of /metrics by name with labels."""
        _, body = get(f"{self.url}/metrics")
        return {key: float(value) for key, value in
                (line.rsplit(" ", 1) for line in body.decode().splitlines() if line and not line.startswith("#"))}


class Detector(Program):
    """Ours, that watches a centre and agents."""

    def __init__(self, folder, central, agents, model=None, arguments=(), name="detector-0"):
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.events_path = self.folder / "partition-events.log"
        self.model = self.folder / "rescfg.yaml"
        self.port = free_port()
        document = {"version": 1, "enable_network_resilience": True, "cluster_name": "test", "survive": "10m", "collector": "rescfg",
                    "detector": {"check_interval": "1s", "check_timeout": "500ms"}, "alerts": {"queue_age": "5m"},
                    "load": {"series_per_node": 100}, "storage": {"size": "64Mi"}, "central": {"url": central, "out_of_order_window": "1h"}}
        self.model.write_text(json.dumps(merged(document, model or {})))
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("RESCFG_", "KUBERNETES_"))}
        super().__init__([BINARY, "run", "detector", "--env", "test", "--config", self.model, "--events", self.events_path,
                          "--agents", ",".join(agents), "--listen", f"127.0.0.1:{self.port}", *arguments],
                         self.folder / "log", environment | {"NODE_NAME": "node-0", "POD_NAME": name})

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        super().start()
        eventually(lambda: get(f"{self.url}/-/ready")[0] == 200, what=f"the detector is ready\n{self.output()}")
        return self

    def events(self, watched=None):
        lines = [json.loads(line) for line in self.events_path.read_text().splitlines()]
        return [line for line in lines if watched in (None, line["watched"])]

    def state(self):
        return json.loads(get(f"{self.url}/api/v1/status")[1])

    def metrics(self):
        _, body = get(f"{self.url}/metrics")
        return {key: float(value) for key, value in
                (line.rsplit(" ", 1) for line in body.decode().splitlines() if line and not line.startswith("#"))}


def merged(base, over):
    result = dict(base)
    for key, value in over.items():
        result[key] = merged(base[key], value) if isinstance(value, dict) and isinstance(base.get(key), dict) else value
    return result
