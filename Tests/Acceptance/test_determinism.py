"""The same model gives the same bytes: again, elsewhere, and however its keys are ordered."""
import random

import pytest
import yaml

from support.binary import render, rescfg
from support.examples import CASES

MODEL = next(case for case in CASES if str(case) == "multi-environment-edge")


def contents(directory):
    return {str(path.relative_to(directory)): path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file()}


def test_two_runs(case, output, tmp_path):
    render(case.model, case.environment, tmp_path / "out").succeeded()
    assert contents(tmp_path / "out") == contents(output.directory)


@pytest.mark.parametrize("surroundings", [
    {"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo"}, {"LC_ALL": "tr_TR.UTF-8"}, {"LC_ALL": "C", "HOME": "/nonexistent"},
], ids=lambda it: it["LC_ALL"])
def test_other_machines(surroundings, rendered, tmp_path):
    render(MODEL.model, MODEL.environment, tmp_path / "out", environment=surroundings).succeeded()
    assert contents(tmp_path / "out") == contents(rendered(MODEL).directory)


def shuffled(it, random):
    """The same mapping in another order; sequences have theirs for a reason."""
    if isinstance(it, dict):
        keys = list(it)
        random.shuffle(keys)
        return {key: shuffled(it[key], random) for key in keys}
    if isinstance(it, list):
        return [shuffled(value, random) for value in it]
    return it


@pytest.mark.parametrize("seed", range(50))
def test_order_of_keys(seed, tmp_path):
    source = yaml.safe_load(MODEL.model.read_text())
    for name, document in (("one", source), ("other", shuffled(source, random.Random(seed)))):
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(document, sort_keys=False))
    streams = [rescfg("render", "--config", f"{name}.yaml", "--env", MODEL.environment, "--format", "tar", cwd=tmp_path)
               .succeeded().stdout for name in ("one", "other")]
    assert streams[0] == streams[1]
