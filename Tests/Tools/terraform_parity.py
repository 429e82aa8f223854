"""Compares what Terraform plans with what is rendered as YAML, for many cases in one run.

    python Tests/Tools/terraform_parity.py FOLDER

Each folder in FOLDER is a case: live/ (the tree of terraform/), baked/ (kubernetes/ and prometheus/ of the same model with
the values in variables.json) and variables.json ({"root": "environments/prod", "variables": {...}}). Prints a line for
each difference; ends with 1 if there is one.
"""
import json
import sys
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent))
from tfoffline import TerraformError, Workspace, kubernetes  # noqa: E402  -- it stands beside this file


def differences(planned, baked, path):
    if isinstance(planned, dict) and isinstance(baked, dict):
        for key in sorted(planned.keys() | baked.keys()):
            if key not in planned or key not in baked:
                yield f"{path}.{key}: only {'baked' if key in baked else 'planned'}"
            else:
                yield from differences(planned[key], baked[key], f"{path}.{key}")
    elif isinstance(planned, list) and isinstance(baked, list) and len(planned) == len(baked):
        for index, (left, right) in enumerate(zip(planned, baked)):
            yield from differences(left, right, f"{path}[{index}]")
    elif planned != baked or type(planned) is not type(baked):
        yield f"{path}: planned {planned!r}, baked {baked!r}"


def identity(it):
    return f"{it['kind']} {it['metadata'].get('namespace', '')}/{it['metadata']['name']}"


def merge(values, more):
    """Puts more values over values, mapping by mapping, as Helm does."""
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(values.get(key), dict):
            merge(values[key], value)
        else:
            values[key] = value


def values(plan):
    """The values of the Helm release, merged."""
    merged = {}
    for change in plan.get("resource_changes", []):
        if change["type"] == "helm_release":
            for text in change["change"]["after"]["values"]:
                merge(merged, yaml.safe_load(text))
    return merged


def expected_values(baked, release):
    if not release:
        return {}
    rules = yaml.safe_load((baked / "prometheus/rules.yml").read_text()) if (baked / "kubernetes").exists() else None
    chart = yaml.safe_load((baked / "prometheus/central-values.yaml").read_text())
    return chart | ({"additionalPrometheusRulesMap": {"network-resilience": rules}} if release["rules"] else {})


def compare(case):
    settings = json.loads((case / "variables.json").read_text())
    with Workspace(case / "live", settings["root"]) as workspace:
        plan = workspace.plan(**settings["variables"])
    planned = {identity(it): it for it in kubernetes.objects(plan).values()}
    files = sorted((case / "baked/kubernetes").glob("[0-9]*.yaml"))
    baked = {identity(it): it for it in map(yaml.safe_load, (file.read_text() for file in files))}
    baked = {key: it for key, it in baked.items() if it["kind"] != "PrometheusRule"}
    if len(baked) < settings["at_least"]:
        yield f"only {len(baked)} objects"
    yield from differences(planned, baked, "")
    yield from differences(values(plan), expected_values(case / "baked", settings["release"]), "values")


def main(folder):
    count = 0
    for case in sorted(Path(folder).iterdir()):
        try:
            for difference in compare(case):
                count += 1
                print(f"{case.name}: {difference}"[:2000])
        except TerraformError as error:
            count += 1
            print(f"{case.name}: {error}"[:4000])
    sys.exit(1 if count else 0)


main(sys.argv[1])
