"""The Kubernetes schemas and kubectl take every object, and none says less than it should."""
import subprocess

import kubernetes_validate
import pytest
import yaml

from support.examples import CASES

# The API of the oldest EKS release in support when the schemas were read, and of the newest in the package.
VERSIONS = ["1.31", kubernetes_validate.latest_version()]
# Types of operators, which Kubernetes' own schemas don't have; promtool reads what is in them (test_prometheus).
CUSTOM = {"PrometheusRule"}


@pytest.mark.parametrize("version", VERSIONS)
def test_fits_the_schemas(output, version):
    checked = 0
    for it in output.objects:
        if it["kind"] not in CUSTOM:
            kubernetes_validate.validate(it, version, strict=True)
            checked += 1
    assert checked >= 15


def test_kustomize_builds_all_of_it(output):
    ran = subprocess.run(["kubectl", "kustomize", output / "kubernetes"], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    built = list(yaml.safe_load_all(ran.stdout))
    key = lambda it: (it["kind"], it["metadata"]["name"])
    assert sorted(map(key, built)) == sorted(map(key, output.objects))


def test_one_object_a_file(output):
    for path in output.files("kubernetes/*.yaml"):
        assert len(list(yaml.safe_load_all(path.read_text()))) == 1, path.name


STANDARD = [case for case in CASES if case.example in ("basic", "advanced", "minimal")]


@pytest.mark.parametrize("case", STANDARD, ids=str, scope="session")
def test_resources_are_the_specifications(output):
    expected = {
        "prometheus-agent": ({"cpu": "100m", "memory": "256Mi"}, {"cpu": "500m", "memory": "1Gi"}),
        "network-partition-detector": ({"cpu": "50m", "memory": "64Mi"}, {"cpu": "100m", "memory": "128Mi"}),
        "metrics-sync": ({"cpu": "50m", "memory": "64Mi"}, {"cpu": "100m", "memory": "128Mi"}),
    }
    found = {}
    for workload, template in output.workloads:
        containers = {it["name"]: it["resources"] for it in template["spec"]["containers"]}
        resources = containers.get("prometheus") or next(iter(containers.values()))
        found[workload["metadata"]["name"]] = tuple(
            {name: amount for name, amount in resources[side].items() if name in ("cpu", "memory")} for side in ("requests", "limits"))
    assert found == expected


def test_every_reference_resolves(output):
    """ServiceAccounts, ConfigMaps and priority classes that pods name are there."""
    names = {(it["kind"], it["metadata"]["name"]) for it in output.objects}
    for workload, template in output.workloads:
        spec = template["spec"]
        assert ("ServiceAccount", spec["serviceAccountName"]) in names
        assert ("PriorityClass", spec["priorityClassName"]) in names
        for volume in spec.get("volumes", []):
            if "configMap" in volume:
                assert ("ConfigMap", volume["configMap"]["name"]) in names, volume
    for binding in output.of_kind("RoleBinding") + output.of_kind("ClusterRoleBinding"):
        assert (binding["roleRef"]["kind"], binding["roleRef"]["name"]) in names
        for subject in binding["subjects"]:
            assert (subject["kind"], subject["name"]) in names
