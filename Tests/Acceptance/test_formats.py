"""Every file means the same to parsers that disagree about YAML, and every JSON file is JSON."""
import json
import subprocess
import sys

import pytest
import yaml
from ruamel.yaml import YAML

from support.output import LIBYAML

CONFIGURATION = "{extends: relaxed, rules: {line-length: disable, document-start: disable}}"


def yaml_files(output):
    return [path for path in output.files() if path.suffix in (".yaml", ".yml")]


def plain(it):
    """ruamel's types as Python's own."""
    if isinstance(it, dict):
        return {str(key) if isinstance(key, str) else key: plain(value) for key, value in it.items()}
    if isinstance(it, list):
        return [plain(value) for value in it]
    for kind in (bool, int, float, str):
        if isinstance(it, kind):
            return kind(it)
    return it


def test_yaml_1_1_and_1_2_agree(output):
    """A word that 1.1 reads as a boolean, a number in base 60, a date: none may stand unquoted."""
    for path in yaml_files(output):
        text = path.read_text("utf-8")
        old = list(yaml.load_all(text, LIBYAML))
        new = [plain(it) for it in YAML(typ="safe", pure=True).load_all(text)]
        assert old == new, path


def test_yamllint(output):
    ran = subprocess.run([sys.executable, "-m", "yamllint", "-f", "parsable", "-d", CONFIGURATION, *yaml_files(output)],
                         capture_output=True, text=True)
    assert ran.returncode == 0 and not ran.stdout, ran.stdout + ran.stderr


def test_json(output):
    files = [path for path in output.files() if path.suffix == ".json"]
    assert {path.name for path in files} >= {"network-resilience.json", ".rescfg-manifest.json"}
    for path in files:
        json.loads(path.read_text("utf-8"), object_pairs_hook=without_duplicates)


def without_duplicates(pairs):
    assert len({key for key, _ in pairs}) == len(pairs), "a key stands twice"
    return dict(pairs)


PANELS = ["Remote write retry rate", "Queue depth over time", "Failed samples rate", "Sync lag duration",
          "Partition events timeline"]


@pytest.mark.parametrize("title", PANELS)
def test_dashboard_has_the_specified_panel(output, title):
    dashboard = json.loads((output / "grafana/network-resilience.json").read_text("utf-8"))
    assert title.lower() in [panel["title"].lower() for panel in dashboard["panels"]]
