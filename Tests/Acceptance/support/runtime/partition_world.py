"""Four hosts behind one bridge, each a network namespace of its own, and what the renderer made for them.

To be used inside `unshare -Urnm`. The partition is nftables' in the centre's namespace: what comes from the node or from the detector is
dropped without a word, while everybody goes on reaching Alertmanager.
"""
import os
import subprocess

import yaml

from support.binary import BINARY
from support.runtime.fakes import Server, answer
from support.runtime.processes import Program, eventually, get
from support.runtime.servers import Prometheus

HOSTS = {"node": "10.9.0.1", "detector": "10.9.0.2", "centre": "10.9.0.3", "alertmanager": "10.9.0.4"}
TESTER = "10.9.0.254"
# Headless: the name of the agents' Service has the addresses of its pods.
NAMES = f"127.0.0.1 localhost\n{HOSTS['node']} prometheus-agent.observability.svc prometheus-agent.observability\n"


def shell(*words):
    subprocess.run([str(word) for word in words], check=True)


class Network:
    def __init__(self, folder):
        os.environ["PATH"] += ":/usr/sbin:/sbin"
        # Where ip(8) keeps its namespaces.
        shell("mount", "-t", "tmpfs", "tmpfs", "/run")
        (folder / "hosts").write_text(NAMES)
        shell("mount", "--bind", folder / "hosts", "/etc/hosts")
        shell("ip", "link", "set", "lo", "up")
        shell("ip", "link", "add", "hub", "type", "bridge")
        shell("ip", "addr", "add", f"{TESTER}/24", "dev", "hub")
        shell("ip", "link", "set", "hub", "up")
        for host, address in HOSTS.items():
            shell("ip", "netns", "add", host)
            shell("ip", "link", "add", f"to-{host}", "type", "veth", "peer", "name", "eth0", "netns", host)
            shell("ip", "link", "set", f"to-{host}", "master", "hub", "up")
            shell("ip", "-n", host, "addr", "add", f"{address}/24", "dev", "eth0")
            shell("ip", "-n", host, "link", "set", "eth0", "up")
            shell("ip", "-n", host, "link", "set", "lo", "up")
        self.filter("add table inet partition; add chain inet partition in { type filter hook input priority 0; }")

    @staticmethod
    def filter(words):
        shell("ip", "netns", "exec", "centre", "nft", words)

    def cut(self):
        self.filter(f"add rule inet partition in ip saddr {{ {HOSTS['node']}, {HOSTS['detector']} }} drop")

    def restore(self):
        self.filter("flush chain inet partition in")


def on(host, program):
    """Lets a program run on that host."""
    program.arguments = ["ip", "netns", "exec", host, *program.arguments]
    return program


class Rendered:
    """What `rescfg render` writes for a model."""

    def __init__(self, folder, model):
        self.folder = folder / "out"
        shell(BINARY, "render", "--env", "test", "--config", model, "--out", self.folder)
        [model_map] = self.objects("configmap-rescfg-model")
        self.model = folder / "rendered.yaml"
        self.model.write_text(model_map["data"]["rescfg.yaml"])

    def objects(self, name):
        return [yaml.safe_load(file.read_text()) for file in self.folder.glob(f"kubernetes/??-{name}.yaml")]

    def command(self, pod):
        """What a container of that pod's specification runs, but for where the model is."""
        [container] = pod["containers"]
        assert container["command"] == ["rescfg"]
        return [BINARY, *(self.model if word == "/etc/rescfg/rescfg.yaml" else word for word in container["args"])]

    def program(self, name, folder, arguments, environment):
        [workload] = self.objects(name)
        folder.mkdir()
        command = self.command(workload["spec"]["template"]["spec"])
        return Program([*command, *arguments], folder / "log", clean_environment() | environment)

    def sync(self):
        """One run of the CronJob's container, beside the detector: its exit code and output."""
        [job] = self.objects("cronjob-metrics-sync")
        command = self.command(job["spec"]["jobTemplate"]["spec"]["template"]["spec"])
        words = ["ip", "netns", "exec", "detector", *command, "--format", "json"]
        return subprocess.run(list(map(str, words)), env=clean_environment(), capture_output=True, text=True, timeout=90)

    def rules(self):
        """As rendered, with ten seconds for the least minute that the model takes for a silent node."""
        text = (self.folder / "prometheus/rules.yml").read_text()
        for minute, short in [('absent_over_time(up{job="prometheus-agent"}[1m])', 'absent_over_time(up{job="prometheus-agent"}[10s])'),
                              ("for: 1m  # alerts.silent_node_for", "for: 5s")]:
            assert text.count(minute) == 1, minute
            text = text.replace(minute, short)
        return text


def clean_environment():
    return {name: value for name, value in os.environ.items() if not name.startswith(("RESCFG_", "KUBERNETES_"))}


def centre(folder, rendered, kube_state_metrics):
    """A Prometheus as the values for kube-prometheus-stack have it."""
    values = yaml.safe_load((rendered.folder / "prometheus/central-values.yaml").read_text())["prometheus"]["prometheusSpec"]
    assert values["enableRemoteWriteReceiver"] is True
    folder.mkdir()
    (folder / "rules.yml").write_text(rendered.rules())
    # A series that is heard of no more is gone after five seconds here, for five minutes elsewhere.
    return on("centre", Prometheus(folder, window=values["tsdb"]["outOfOrderTimeWindow"], host=HOSTS["centre"], port=9090,
                                   arguments=["--query.lookback-delta=5s"], config={
        "global": {"scrape_interval": values["scrapeInterval"], "evaluation_interval": "1s"}, "rule_files": ["rules.yml"],
        "scrape_configs": [{"job_name": "kube-state-metrics", "honor_labels": True, "static_configs": [{"targets": [kube_state_metrics]}]}],
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": [f"{HOSTS['alertmanager']}:9093"]}]}]}}))


class KubeStateMetrics(Server):
    """Tells the centre which nodes there are, from beside it."""

    def __init__(self):
        super().__init__(lambda request: answer(request, 200, b'kube_node_info{node="node-1"} 1\n', [("Content-Type", "text/plain; version=0.0.4")]))
        self.host = TESTER


def ready(url):
    eventually(lambda: get(f"{url}/-/ready")[0] == 200, what=f"{url} is ready")
