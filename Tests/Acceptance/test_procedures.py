"""Every command that people are told to type finds what it is about, in what is rendered: the specification's, and the
runbook's own."""
import re
from pathlib import Path

import pytest
import yaml

from support.examples import CASES
from support.cluster import Cluster

SPECIFIED = [line.split(" | ", 1) for line in (Path(__file__).parent / "spec_commands.txt").read_text().splitlines()
             if not line.startswith("#")]

# The specification speaks of a centre in the same cluster.
IN_CLUSTER = pytest.mark.parametrize("case", [case for case in CASES if case.has_central_prometheus], ids=str, scope="session")
BLOCK_CENTRE = {
    "spec": {"podSelector": {"matchLabels": {"app": "kube-prometheus-stack-prometheus"}}, "policyTypes": ["Ingress"], "ingress": []}
}


@IN_CLUSTER
@pytest.mark.parametrize("command", [command for _, command in SPECIFIED])
def test_specified_command(output, command):
    Cluster(output).resolve(command)


@IN_CLUSTER
def test_specified_drill_blocks_the_centre(output):
    Cluster(output).blocks(BLOCK_CENTRE)


def code_blocks(output, language):
    text = (output / "docs/runbook.md").read_text("utf-8")
    return [re.sub(r"^ {3}", "", block, flags=re.M) for block in re.findall(rf"^ *```{language}\n(.*?)^ *```", text, re.M | re.S)]


def test_runbook_commands(output):
    cluster = Cluster(output)
    count = 0
    for block in code_blocks(output, "sh"):
        for document in re.findall(r"<<EOF\n(.*?)^EOF$", block, re.M | re.S):
            cluster.blocks(yaml.safe_load(document))
        for line in re.sub(r"kubectl apply -f - <<EOF\n.*?^EOF$", "", block, flags=re.M | re.S).splitlines():
            if line.strip():
                cluster.resolve(line)
                count += 1
    assert count > 25


def test_queries_name_what_is_collected(output, case):
    text = "\n".join(code_blocks(output, "promql"))
    jobs = set(re.findall(r'job="([^"]+)"', text))
    assert "kubernetes-nodes" in jobs
    if (output / "prometheus/agent.yml").exists():
        assert jobs <= {it["job_name"] for it in output.yaml("prometheus/agent.yml")["scrape_configs"]}


@IN_CLUSTER
def test_centre_has_the_specified_service_name(case, workspaces):
    """`prometheus-kube-prometheus-prometheus` is what the chart calls the Service of a release named `prometheus`."""
    plan = workspaces(case).plan(enable_prometheus_stack=True)
    (release,) = [it["change"]["after"] for it in plan["resource_changes"] if it["type"] == "helm_release"]
    assert (release["name"], release["chart"].split("/")[-1]) == ("prometheus", "kube-prometheus-stack")
    assert release["namespace"] == "observability"


def test_runbook_has_what_it_points_at(output):
    text = (output / "docs/runbook.md").read_text("utf-8")
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in re.findall(r"^#+ (.*)$", text, re.M)}
    assert set(re.findall(r"\]\(#([^)]*)\)", text)) <= anchors
    alerts = [rule["alert"] for group in output.yaml("prometheus/rules.yml")["groups"] if group["name"] != "network-resilience-extra"
              for rule in group["rules"] if "alert" in rule]
    assert alerts and {alert.lower() for alert in alerts} <= anchors
