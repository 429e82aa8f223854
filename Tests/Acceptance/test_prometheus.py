"""promtool takes the agent's configuration and the rules, and the rules do what their tests say.

promtool is Debian's 2.42, for configurations of every release: what is rendered for a newer one has no field yet that
2.42 doesn't know.
"""
import subprocess

import yaml

from support.binary import REPOSITORY

PROMTOOL = REPOSITORY / ".tools/bin/promtool"

def promtool(*arguments, cwd):
    ran = subprocess.run([PROMTOOL, *arguments], cwd=cwd, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_agent_config(output):
    promtool("check", "config", "--agent", "--syntax-only", "agent.yml", cwd=output / "prometheus")


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


def test_rule_object_and_file_are_the_same(output):
    objects = output.of_kind("PrometheusRule")
    assert [it["spec"]["groups"] for it in objects] == [output.yaml("prometheus/rules.yml")["groups"]]


def test_centre_takes_late_samples(output):
    spec = output.yaml("prometheus/central-values.yaml")["prometheus"]["prometheusSpec"]
    assert spec["enableRemoteWriteReceiver"] is True
    assert spec["tsdb"]["outOfOrderTimeWindow"]
    assert spec["podMetadata"]["labels"]["app"] == "kube-prometheus-stack-prometheus"
