"""promtool takes the agent's configuration and the rules, and the rules do what their tests say.

promtool is Debian's 2.42, for configurations of every release. What it can't read is taken out before it looks, and
checked here: the fields in NEWER, which later releases brought, and Kubernetes discovery, which Debian builds it without.
"""
import re
import subprocess

import pytest
import yaml

from support.binary import REPOSITORY
from support.examples import CASES

PROMTOOL = REPOSITORY / ".tools/bin/promtool"

# Fields of queue_config that 2.42 doesn't know: the release that brought them, and what they hold.
NEWER = {"sample_age_limit": ((2, 50), r"([0-9]+(ms|[smhdwy]))+")}


def promtool(*arguments, cwd):
    ran = subprocess.run([PROMTOOL, *arguments], cwd=cwd, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


ROLES = {"node", "pod", "service", "endpoints", "endpointslice", "ingress"}
DISCOVERY_FIELDS = {"role", "selectors", "namespaces", "attach_metadata"}


def test_agent_config(case, output, tmp_path):
    version = tuple(map(int, case.settings.get("prometheus_version", "3.5").split(".")))
    config = output.yaml("prometheus/agent.yml")
    for job in config["scrape_configs"]:
        for discovery in job.pop("kubernetes_sd_configs", []):
            assert discovery["role"] in ROLES and set(discovery) <= DISCOVERY_FIELDS
            for selector in discovery.get("selectors", []):
                assert selector["role"] in ROLES and set(selector) <= {"role", "label", "field"}
            job.setdefault("file_sd_configs", []).append({"files": ["targets.json"]})
    for remote in config["remote_write"]:
        for field, (since, form) in NEWER.items():
            value = remote["queue_config"].pop(field, None)
            assert value is None or version >= since and re.fullmatch(form, value), field
    (tmp_path / "agent.yml").write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False))
    promtool("check", "config", "--agent", "--syntax-only", "agent.yml", cwd=tmp_path)


def test_rules(output):
    said = promtool("check", "rules", "--lint=all", "--lint-fatal", "rules.yml", cwd=output / "prometheus")
    assert "SUCCESS" in said


def test_rule_tests(output):
    assert "SUCCESS" in promtool("test", "rules", "rules_test.yml", cwd=output / "prometheus")


SPECIFIED = {"HighRemoteWriteRetries", "RemoteWriteQueueFull", "NetworkPartitionDetected", "MetricsSyncLag"}


def alerts(output):
    return [rule for group in output.yaml("prometheus/rules.yml")["groups"] for rule in group["rules"] if "alert" in rule]


def test_has_the_specifications_alerts(output):
    severities = {rule["alert"]: rule["labels"]["severity"] for rule in alerts(output)}
    assert SPECIFIED | {"RemoteWriteDataLoss"} <= set(severities)
    assert severities["HighRemoteWriteRetries"] == severities["MetricsSyncLag"] == "warning"
    assert severities["RemoteWriteQueueFull"] == severities["NetworkPartitionDetected"] == "critical"


def test_every_alert_fires_once_and_stays_quiet_once(output, case):
    """Counted in the rule tests' own text, by a foreign parser; that they pass is test_rule_tests."""
    model = yaml.safe_load(case.model.read_text())
    extra = {rule.get("alert") for rule in model.get("extra_rules") or []}
    fires, quiet = set(), set()
    for test in output.yaml("prometheus/rules_test.yml")["tests"]:
        for expectation in test.get("alert_rule_test", []):
            (fires if expectation.get("exp_alerts") else quiet).add(expectation["alertname"])
    ours = {rule["alert"] for rule in alerts(output)} - extra
    assert ours <= fires, f"never fire in a test: {ours - fires}"
    assert ours <= quiet, f"never stay quiet in a test: {ours - quiet}"


def test_rule_object_and_file_are_the_same(case, output):
    """The operator's object, where there is an operator: another centre's ruler takes the file."""
    groups = [output.yaml("prometheus/rules.yml")["groups"]] if case.has_central_prometheus else []
    assert [it["spec"]["groups"] for it in output.of_kind("PrometheusRule")] == groups


@pytest.mark.parametrize("case", [case for case in CASES if case.has_central_prometheus], ids=str, scope="session")
def test_centre_takes_late_samples(output):
    spec = output.yaml("prometheus/central-values.yaml")["prometheus"]["prometheusSpec"]
    assert spec["enableRemoteWriteReceiver"] is True
    assert spec["tsdb"]["outOfOrderTimeWindow"]
    assert spec["podMetadata"]["labels"]["app"] == "kube-prometheus-stack-prometheus"
