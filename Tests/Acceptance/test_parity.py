"""The objects of a plan are the objects of the YAML, for the environment's values and for any others.

A manifest can say an empty thing (`data: {}`) where a plan leaves it out: both sides lose what is empty before they
are compared. PrometheusRule objects reach a cluster through Helm, as their type isn't known when planning.
"""
import json

import pytest
import yaml

from support.binary import render
from support.changes import SPECIFIED_CHANGES, all_changes, changed_model, terraform_name
from support.examples import CASES
from support.output import LIBYAML, Output
from tfoffline import kubernetes

SHAPES = [case for case in CASES if case.example in ("advanced", "multi-environment")]


def without_empty(it):
    if isinstance(it, dict):
        kept = {key: without_empty(value) for key, value in it.items()}
        return {key: value for key, value in kept.items() if value not in (None, {}, [])}
    if isinstance(it, list):
        return [without_empty(value) for value in it]
    return it


def identity(it):
    return it["kind"], it["metadata"].get("namespace"), it["metadata"]["name"]


def by_identity(objects):
    objects = list(objects)
    found = {identity(it): without_empty(it) for it in objects}
    assert len(found) == len(objects), "two objects with one name"
    return found


def assert_same(plan, output):
    planned = by_identity(kubernetes.objects(plan).values())
    baked = by_identity(it for it in output.objects if it["kind"] != "PrometheusRule")
    assert sorted(map(str, planned)) == sorted(map(str, baked))
    for key, object in baked.items():
        assert json.dumps(planned[key], indent=1, sort_keys=True) == json.dumps(object, indent=1, sort_keys=True), key


def merge(values, more):
    """Puts more values over values, mapping by mapping, as Helm does."""
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(values.get(key), dict):
            merge(values[key], value)
        else:
            values[key] = value


def helm_values(plan):
    """The values of the release `prometheus`, or None where the plan has none."""
    releases = [it["change"]["after"] for it in plan["resource_changes"] if it["type"] == "helm_release"]
    if not releases:
        return None
    (release,) = releases
    assert release["name"] == "prometheus"
    merged = {}
    for text in release["values"]:
        merge(merged, yaml.load(text, LIBYAML))
    return merged


def assert_same_values(plan, output):
    values = helm_values(plan)
    if values is None:
        return
    rules = values.pop("additionalPrometheusRulesMap", None)
    baked = output.yaml("prometheus/central-values.yaml")
    baked_rules = baked.pop("additionalPrometheusRulesMap", None)
    assert without_empty(values) == without_empty(baked)
    for side in filter(None, (rules, baked_rules)):
        (groups,) = side.values()
        assert groups == output.yaml("prometheus/rules.yml")


def test_plan_is_the_yaml(case, output, workspaces):
    plan = workspaces(case).plan()
    assert_same(plan, output)
    assert_same_values(plan, output)


@pytest.mark.parametrize("change", SPECIFIED_CHANGES, ids=lambda change: next(iter(change)))
@pytest.mark.parametrize("case", [SHAPES[0]], ids=str)
def test_changed_variable_is_a_changed_model(case, change, workspaces, tmp_path):
    assert_changed(case, change, workspaces, tmp_path)


@pytest.mark.parametrize("case", SHAPES, ids=str)
def test_all_variables_changed_at_once(case, workspaces, tmp_path):
    assert_changed(case, all_changes(case), workspaces, tmp_path)


def assert_changed(case, change, workspaces, tmp_path):
    model = changed_model(case, change, tmp_path)
    render(model, case.environment, tmp_path / "out").succeeded()
    baked = Output(tmp_path / "out", case.environment)
    plan = workspaces(case).plan(**{terraform_name(path): value for path, value in change.items()})
    assert_same(plan, baked)
    assert_same_values(plan, baked)
