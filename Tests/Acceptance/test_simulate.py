"""`rescfg simulate` as a user runs it."""
import json

from support.binary import REPOSITORY, rescfg

MODEL = REPOSITORY / "examples/advanced/rescfg.yaml"
SHORT = ["simulate", "--env", "prod", "--config", MODEL, "--outage", "30m", "--nodes", "4"]


def test_same_seed_same_bytes():
    first, second, other = (rescfg(*SHORT, "--format", "json", "--seed", seed).succeeded().stdout for seed in (7, 7, 8))
    assert first == second and first != other
    values = json.loads(first)
    assert values["violations"] == [] or values["violations"] == 0


def test_conditions_decide_the_status():
    rescfg(*SHORT, "--assert", "loss==0", "--assert", "time_to_fresh<5m").succeeded()
    failed = rescfg(*SHORT, "--assert", "drain<1s")
    assert failed.code == 1 and "drain" in failed.stderr
    assert rescfg(*SHORT, "--assert", "drain<<1s").code == 2


def test_disk_that_is_too_small_loses_and_says_so(tmp_path):
    model = tmp_path / "rescfg.yaml"
    model.write_text(MODEL.read_text().replace("survive: 12h", "survive: 12h\nstorage: {size: 1Gi}"))
    ran = rescfg("simulate", "--env", "prod", "--config", model, "--outage", "72h", "--nodes", "1", "--assert", "loss==0")
    assert ran.code == 1 and "loss" in ran.stderr


def test_report_is_a_page(tmp_path):
    rescfg(*SHORT, "--report", tmp_path / "report.html").succeeded()
    page = (tmp_path / "report.html").read_text()
    assert page.startswith("<!doctype html>") and "<svg" in page and "http" not in page.replace("http://www.w3.org", "")


def test_another_collector_is_refused(tmp_path):
    model = tmp_path / "rescfg.yaml"
    model.write_text("version: 1\nenable_network_resilience: true\ncollector: prometheus-only\n")
    ran = rescfg("simulate", "--env", "x", "--config", model)
    assert ran.code == 2 and "nothing-to-simulate" in ran.stderr and ":3:12:" in ran.stderr
