"""Terraform itself takes the module and its environment root; so does a second parser of HCL."""
import subprocess

import hcl2

from tfoffline import terraform


def test_is_formatted(output):
    ran = subprocess.run([terraform(), "fmt", "-check", "-recursive", "-diff", output / "terraform"],
                         capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_validates(case, workspaces):
    workspaces(case).validate()


def test_plans_without_a_cluster(case, workspaces):
    plan = workspaces(case).plan()
    assert not plan.get("errored")


def test_second_parser_reads_every_file(output):
    files = output.files("terraform/**/*.tf") + output.files("terraform/**/*.tfvars")
    names = {path.name for path in files}
    assert {"versions.tf", "variables.tf", "main.tf", "network_resilience.tf", "storage.tf", "backup.tf", "outputs.tf",
            "terraform.tfvars"} <= names
    for path in files:
        with path.open() as file:
            hcl2.load(file)


SPECIFIED = {
    "enable_prometheus_stack": ("bool", False),
    "enable_network_resilience": ("bool", False),
    "network_partition_threshold": ("number", 3),
    "metrics_sync_interval": ("number", 15),
    "remote_write_queue_capacity": ("number", 10000),
    "remote_write_max_backoff": ("string", "30s"),
}


def test_module_has_the_specifications_variables(case, workspaces):
    """Names and defaults, as terraform reads them: the plan lists the module's variables with their defaults."""
    module = workspaces(case).plan()["configuration"]["root_module"]["module_calls"]["observability"]["module"]
    for name, (_, default) in SPECIFIED.items():
        assert module["variables"][name].get("default") == default, name


def test_variables_have_the_specified_types(output):
    with (output / "terraform/modules/observability/variables.tf").open() as file:
        variables = {}
        for block in hcl2.load(file)["variable"]:
            variables |= {name.strip('"'): body for name, body in block.items()}
    for name, (kind, _) in SPECIFIED.items():
        assert variables[name]["type"].strip("${}") == kind, name
        assert variables[name]["description"].strip('"'), name


def test_switched_off_means_nothing_of_ours(case, workspaces):
    plan = workspaces(case).plan(enable_network_resilience=False, enable_prometheus_stack=False)
    left = [it["address"] for it in plan.get("resource_changes", [])
            if it["mode"] == "managed" and it["type"].startswith(("kubernetes_", "helm_"))]
    assert left == []
