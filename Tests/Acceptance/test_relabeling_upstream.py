"""The results in relabeling_cases.txt are what Prometheus itself makes of these targets; our own tests hold ours against them."""
import json
from pathlib import Path

from support.runtime.processes import Program, eventually, free_port, get
from support.runtime.servers import TOOLS

CASES = Path(__file__).parent / "support/relabeling_cases.txt"
LISTS = ("source_labels",)


def pairs(fields):
    return dict(field.split("=", 1) for field in fields)


def read_cases():
    cases = {}
    for line in CASES.read_text("utf-8").splitlines():
        kind, *fields = line.split("\t")
        if kind == "case":
            case = cases[fields[0]] = {"rules": [], "result": None}
        elif kind == "labels":
            case["labels"] = pairs(fields)
        elif kind == "rule":
            rule = pairs(fields)
            case["rules"].append({key: value.split(",") if key in LISTS else int(value) if key == "modulus" else value
                                  for key, value in rule.items()})
        elif kind == "result":
            case["result"] = pairs(fields)
    return cases


def scrape_config(name, case):
    labels = dict(case["labels"])
    # Fields of the job, which a static config can't set for a target.
    config = {"scheme": labels.pop("__scheme__")} if "__scheme__" in labels else {}
    return config | {"job_name": name, "relabel_configs": case["rules"],
                     "static_configs": [{"targets": [labels.pop("__address__")], "labels": labels}]}


def test_prometheus_relabels_as_the_cases_say(tmp_path):
    cases = read_cases()
    assert len(cases) > 30
    # YAML reads JSON, and JSON leaves no doubt about a backslash.
    configuration = {"global": {"scrape_interval": "1h"}, "scrape_configs": [scrape_config(*case) for case in cases.items()]}
    (tmp_path / "prometheus.yml").write_text(json.dumps(configuration, ensure_ascii=False))
    port = free_port()
    program = Program([TOOLS / "prometheus", f"--config.file={tmp_path}/prometheus.yml", f"--storage.tsdb.path={tmp_path}/data",
                       f"--web.listen-address=127.0.0.1:{port}", "--log.level=warn"], tmp_path / "log")
    kept = sum(case["result"] is not None for case in cases.values())

    def targets():
        status, body = get(f"http://127.0.0.1:{port}/api/v1/targets")
        found = json.loads(body)["data"]["activeTargets"] if status == 200 else []
        return found if len(found) >= kept else None

    program.start()
    try:
        active = eventually(targets, what="Prometheus knows its targets")
    finally:
        program.kill()
    found = {target["scrapePool"]: target["labels"] for target in active}
    assert found == {name: case["result"] for name, case in cases.items() if case["result"] is not None}
