"""`rescfg plan`: its figures against arithmetic done here, its goldens, its picture read by a foreign parser.

`make record` (RECORD=1) writes golden/plan/ anew, and fails.
"""
import json
import os
import xml.etree.ElementTree as ElementTree

import pytest

from support.binary import REPOSITORY, rescfg
from support.examples import CASES

GOLDEN = REPOSITORY / "golden/plan"
RECORD = os.environ.get("RECORD") == "1"
JSON_OF = ["advanced-prod", "multi-environment-staging"]


def plan(case, *arguments):
    return rescfg("plan", "--config", case.model, "--env", case.environment, *arguments, environment={"COLUMNS": "100"})


def figures(case, *arguments):
    (answer,) = json.loads(plan(case, "--format", "json", *arguments).stdout)
    return answer, {name: it["value"] for name, it in answer["figures"].items()}


def golden(name, have):
    path = GOLDEN / name
    if RECORD:
        GOLDEN.mkdir(exist_ok=True)
        path.write_bytes(have)
        pytest.fail(f"recorded {path.relative_to(REPOSITORY)}")
    assert have.decode() == path.read_text("utf-8")


def test_text_is_golden(case):
    golden(f"{case}.txt", plan(case).succeeded().stdout)


@pytest.mark.parametrize("name", JSON_OF)
def test_json_is_golden(name):
    (case,) = [it for it in CASES if str(it) == name]
    golden(f"{name}.json", plan(case, "--format", "json").succeeded().stdout)


def test_no_orphans():
    known = {f"{case}.txt" for case in CASES} | {f"{name}.json" for name in JSON_OF}
    assert {path.name for path in GOLDEN.iterdir()} == known


def test_figures_follow_from_the_model(case):
    settings = case.settings
    load = {"series_per_node": 20000, "scrape_interval": "15s", "nodes": 10} | settings.get("load", {})
    rate = load["series_per_node"] / seconds(load["scrape_interval"])
    outage = seconds(settings.get("survive", "12h"))
    answer, figure = figures(case)
    assert figure["samples_per_second"] == pytest.approx(rate, rel=1e-4)
    assert figure["backlog_samples"] == pytest.approx(rate * outage, rel=1e-4)
    assert figure["steady_fleet_bytes_per_second"] == pytest.approx(rate * 25 * load["nodes"], rel=1e-4)
    bounds = [value for name, value in figure.items() if name.startswith("survives_by_") and value is not None]
    assert answer["survives_seconds"] == figure["survives"] == min(bounds)
    assert figure[answer["ended_by"]] == min(bounds)
    assert answer["holds"] == (min(bounds) >= outage)
    parts = [value for name, value in figure.items() if name.startswith("cost_")]
    assert figure["cost"] == pytest.approx(sum(parts), abs=0.01)
    for name, it in answer["figures"].items():
        assert it["formula"] and all("setting" in x or "figure" in x or "constant" in x for x in it["inputs"]), name
        assert all(x["figure"] in answer["figures"] for x in it["inputs"] if "figure" in x), name


def seconds(duration):
    return int(duration[:-1]) * {"s": 1, "m": 60, "h": 3600, "d": 86400}[duration[-1]]


def test_losing_is_a_finding(case):
    survives = figures(case)[0]["survives_seconds"]
    assert plan(case, "--outage", f"{int(survives)}s").code == 0
    assert plan(case, "--outage", f"{int(survives) + 1}s").code == 1


def test_picture(case, tmp_path):
    picture = tmp_path / "plan.svg"
    assert plan(case, "--chart", picture).stdout == plan(case).stdout
    root = ElementTree.parse(picture).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    lines = root.findall(".//{http://www.w3.org/2000/svg}polyline")
    assert len(lines) == (4 if case.settings.get("collector") != "prometheus-only" else 3)
    width, height = float(root.get("width")), float(root.get("height"))
    for line in lines:
        points = [tuple(map(float, point.split(","))) for point in line.get("points").split()]
        assert all(0 <= x <= width and 0 <= y <= height for x, y in points)
        assert sorted(x for x, _ in points) == [x for x, _ in points]
    assert plan(case, "--chart", "-").stdout == picture.read_bytes()


def test_a_picture_that_cannot_be_written_is_an_error(tmp_path):
    ran = plan(CASES[0], "--chart", tmp_path / "nowhere" / "plan.svg")
    assert ran.code == 2 and ran.stdout == b"" and "nowhere" in ran.stderr


@pytest.mark.parametrize("arguments, says", [
    (["--outage", "6"], "--outage can't be '6'"), (["--nodes", "0"], "--nodes can't be '0'"), (["--nodes", "x"], "--nodes"),
    (["--env", "all", "--chart", "x.svg"], "a chart shows one environment"), (["--env", "prdo"], "did you mean 'prod'?"),
])
def test_wrong_usage(arguments, says):
    ran = rescfg("plan", "--config", REPOSITORY / "examples/multi-environment/rescfg.yaml", "--env", "prod", *arguments)
    assert ran.code == 2 and says in ran.stderr and ran.stdout == b""


def test_environments_stand_side_by_side():
    model = REPOSITORY / "examples/multi-environment/rescfg.yaml"
    text = rescfg("plan", "--config", model).succeeded().stdout.decode()
    assert text.splitlines()[0].split() == ["dev", "staging", "prod", "edge"]
    assert {len(line) for line in text.splitlines()[1:]} == {len(text.splitlines()[0])}
    answers = json.loads(rescfg("plan", "--config", model, "--env", "all", "--format", "json").stdout)
    assert [it["environment"] for it in answers] == ["dev", "staging", "prod", "edge"]


def test_a_contradiction_is_planned_and_said(tmp_path):
    model = tmp_path / "rescfg.yaml"
    model.write_text("version: 1\nenable_network_resilience: true\nsurvive: 48h\n")
    ran = rescfg("plan", "--config", model)
    assert ran.code == 1 and "window-too-short" in ran.stderr and "loses samples" in ran.stdout.decode()
    model.write_text("version: 1\nsurvive: 48\n")
    ran = rescfg("plan", "--config", model)
    assert ran.code == 2 and ran.stdout == b""
