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


def prometheus_only(tmp_path):
    model = tmp_path / "rescfg.yaml"
    model.write_text("version: 1\nenable_network_resilience: true\ncollector: prometheus-only\nload: {series_per_node: 500, scrape_interval: 1s}\n")
    return ["simulate", "--env", "x", "--config", model, "--nodes", "1"]


def test_prometheus_alone_loses_what_was_measured(tmp_path):
    """An outage of 41 s and a kill: 49 s were gone for good with Prometheus 2.42, and nothing counted them."""
    schedule = tmp_path / "faults.txt"
    schedule.write_text("100s 49s partition how=refused\n141s 8s kill\n")
    ran = rescfg(*prometheus_only(tmp_path), "--schedule", schedule, "--format", "json", "--assert", "loss==0")
    assert ran.code == 1 and "failed: loss==0" in ran.stderr
    values = {it["name"]: it["value"] for it in json.loads(ran.stdout)["values"]}
    hole = (values["loss"] + values["not_taken"]) / 500
    assert 40 <= hole <= 58, hole
    text = rescfg(*prometheus_only(tmp_path), "--schedule", schedule).succeeded().stdout.decode()
    assert "by a model of its rules" in text and "by restarts" in text


def test_prometheus_alone_knows_no_faults_of_our_disk(tmp_path):
    schedule = tmp_path / "faults.txt"
    schedule.write_text("10m 10m sync-errors\n")
    ran = rescfg(*prometheus_only(tmp_path), "--schedule", schedule)
    assert ran.code == 2 and "not-modelled" in ran.stderr and "sync-errors" in ran.stderr and ":3:12:" in ran.stderr


def test_years_make_their_own_outages(tmp_path):
    ran = rescfg("simulate", "--years", "1", "--outage", "6h", cwd=tmp_path)
    assert ran.code == 2 and "error[years]" in ran.stderr
