"""The agents that Benchmarks/agent.py compares: how each is configured for the same targets and the same receiver, and started."""
import json
import socket
import urllib.request

LABELS = {"cluster": "bench", "environment": "bench", "node": "n0"}


def get(address, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{address}{path}", timeout=30) as answer:
        return json.load(answer)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Rescfg:
    def __init__(self, run):
        self.run = run
        o = run.options
        statics = "\n".join(
            f'      - targets: ["127.0.0.1:{run.targets_port}"]\n'
            f'        labels: {{__metrics_path__: "/t/{i}/metrics", instance: "t{i}"}}'
            for i in range(o.targets)
        )
        protocol = "2.0" if run.name == "rescfg-2.0" else "1.0"
        (run.directory / "rescfg.yaml").write_text(
            f"""version: 1
enable_network_resilience: true
cluster_name: {LABELS["cluster"]}
collector: rescfg
survive: 2h
load: {{series_per_node: {o.targets * o.series}, scrape_interval: {o.interval}s, nodes: 1}}
storage: {{size: {max(10, round(4 * o.backlog))}Gi}}
central: {{url: "http://127.0.0.1:{run.sink_port}", out_of_order_window: 24h}}
remote_write: {{drain_rate: 10000000, protocol: "{protocol}", max_samples_per_send: {o.batch}}}
environments: {{{LABELS["environment"]}: {{}}}}
scrape_configs:
  - job_name: bench
    scrape_interval: {o.interval}s
    scrape_timeout: {o.interval}s
    static_configs:
{statics}
"""
        )

    def command(self):
        run = self.run
        return [
            str(run.options.rescfg), "run", "agent", "--config", str(run.directory / "rescfg.yaml"),
            "--data", str(run.data), "--listen", f"127.0.0.1:{run.agent_port}", "--receive", "off",
        ]  # fmt: skip

    def queued(self):
        return get(self.run.agent_port, "/api/v1/ledger")["queues"][0]["queued"]


def scrape_configs(run):
    o = run.options
    labels = "".join(f"    {name}: {value}\n" for name, value in LABELS.items() if o.peer_labels == "external")
    more = "".join(f", {name}: {value}" for name, value in LABELS.items() if o.peer_labels == "target")
    statics = "".join(
        f"""  - targets: ["127.0.0.1:{run.targets_port}"]
    labels: {{__metrics_path__: "/t/{i}/metrics", instance: "t{i}"{more}}}
"""
        for i in range(o.targets)
    )
    return f"""global:
  scrape_interval: {o.interval}s
  scrape_timeout: {o.interval}s
  external_labels: {"{}" if not labels else ""}
{labels}scrape_configs:
- job_name: bench
  static_configs:
{statics}"""


class Prometheus:
    def __init__(self, run):
        self.run = run
        (run.directory / "prometheus.yml").write_text(
            scrape_configs(run)
            + f"""remote_write:
- url: http://127.0.0.1:{run.sink_port}/api/v1/write
  metadata_config: {{send: false}}
  queue_config:
    capacity: 10000
    max_samples_per_send: {run.options.batch}
    max_shards: 10
    min_backoff: 1s
    max_backoff: 30s
    retry_on_http_429: true
"""
        )

    def command(self):
        run = self.run
        return [
            run.program("prometheus"), "--enable-feature=agent", f"--config.file={run.directory}/prometheus.yml",
            f"--storage.agent.path={run.data}", f"--web.listen-address=127.0.0.1:{run.agent_port}", "--log.level=warn",
        ]  # fmt: skip

    def queued(self):
        return 0


class Vmagent:
    def __init__(self, run):
        self.run = run
        (run.directory / "vmagent.yml").write_text(scrape_configs(run))

    def command(self):
        run = self.run
        return [
            run.program("vmagent"), f"-promscrape.config={run.directory}/vmagent.yml",
            f"-remoteWrite.url=http://127.0.0.1:{run.sink_port}/api/v1/write",
            f"-remoteWrite.tmpDataPath={run.data}", f"-httpListenAddr=127.0.0.1:{run.agent_port}",
            "-loggerLevel=WARN", "-promscrape.maxScrapeSize=256MB",
        ]  # fmt: skip

    def queued(self):
        return 0


class FedByVmagent(Rescfg):
    """vmagent scrapes and writes to rescfg; measured is rescfg alone."""

    def __init__(self, run):
        super().__init__(run)
        model = (run.directory / "rescfg.yaml").read_text()
        model = model[: model.index("scrape_configs:")].replace("collector: rescfg", "collector: prometheus")
        (run.directory / "rescfg.yaml").write_text(model)
        self.port = free_port()
        self.feeder = Vmagent(run)

    def command(self):
        return super().command()[:-1] + [f"127.0.0.1:{self.port}"]

    def start_feeder(self):
        run = self.run
        self.feeding = run.start([
            run.program("vmagent"), f"-promscrape.config={run.directory}/vmagent.yml",
            f"-remoteWrite.url=http://127.0.0.1:{self.port}/api/v1/write",
            f"-remoteWrite.tmpDataPath={run.directory}/feeder", f"-httpListenAddr=127.0.0.1:{free_port()}",
            "-loggerLevel=WARN", "-promscrape.maxScrapeSize=256MB",
        ])  # fmt: skip


KINDS = {
    "rescfg": Rescfg,
    "rescfg-2.0": Rescfg,
    "rescfg-fed": FedByVmagent,
    "prometheus": Prometheus,
    "vmagent": Vmagent,
}
