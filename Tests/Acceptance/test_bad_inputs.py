"""What is wrong is refused: exit 2, each problem at its place with what to do, nothing written.

How long a refusal takes is the benchmark's business (Benchmarks/).
"""
import stat

import pytest

from support.bad_models import BYTES, MODELS
from support.binary import REPOSITORY, render, rescfg
from support.examples import CASES

GOLDEN = REPOSITORY / "golden/errors"
FILES = {name: text.encode() for name, (text, _) in MODELS.items()} | BYTES
# Models whose messages are recorded to the letter; the others of that folder only have warnings.
RECORDED = sorted(path.stem for path in GOLDEN.glob("*.txt") if "error[" in path.read_text("utf-8"))
# Asked for another environment than `prod`.
ENVIRONMENTS = {"missing-environment": "prdo"}


def refused(ran, out):
    assert ran.code == 2, ran.stderr
    assert ran.stdout == b""
    assert not out.exists() or not any(out.iterdir())
    assert ran.stderr.strip()
    return ran.stderr


@pytest.mark.parametrize("name", FILES)
def test_model_is_refused(name, tmp_path):
    (tmp_path / "rescfg.yaml").write_bytes(FILES[name])
    said = refused(rescfg("render", "--env", "prod", "--out", "out", cwd=tmp_path), tmp_path / "out")
    for place in MODELS.get(name, ("", []))[1]:
        assert f"rescfg.yaml:{place}" in said, said
    assert len(said) < 30_000, "a message is for reading"


@pytest.mark.parametrize("name", RECORDED)
def test_message_is_the_recorded_one(name, tmp_path):
    (tmp_path / "rescfg.yaml").write_bytes((GOLDEN / f"{name}.yaml").read_bytes())
    ran = rescfg("render", "--env", ENVIRONMENTS.get(name, "prod"), "--out", "out", cwd=tmp_path)
    assert refused(ran, tmp_path / "out") == (GOLDEN / f"{name}.txt").read_text("utf-8")


def test_check_says_the_same(tmp_path):
    (tmp_path / "rescfg.yaml").write_bytes(FILES["three-at-once"])
    checked = rescfg("check", "--env", "prod", cwd=tmp_path)
    assert checked.code == 2, "bad input is no finding"
    rendered = rescfg("render", "--env", "prod", "--out", "out", cwd=tmp_path)
    for place in MODELS["three-at-once"][1]:
        assert f"rescfg.yaml:{place}" in checked.stderr + checked.stdout.decode()
        assert f"rescfg.yaml:{place}" in rendered.stderr


def test_missing_file(tmp_path):
    assert "nowhere.yaml" in refused(rescfg("render", "--config", "nowhere.yaml", "--env", "prod", "--out", "out", cwd=tmp_path), tmp_path / "out")


def test_foreign_directory_is_left_alone(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("keep")
    ran = render(CASES[0].model, CASES[0].environment, out)
    assert ran.code == 2 and "--force" in ran.stderr
    assert [path.name for path in out.iterdir()] == ["mine.txt"]


def test_edited_file_is_left_alone(tmp_path):
    out = tmp_path / "out"
    render(CASES[0].model, CASES[0].environment, out).succeeded()
    edited = out / "prometheus/rules.yml"
    edited.write_text("edited")
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    ran = render(CASES[0].model, CASES[0].environment, out)
    assert ran.code == 2 and "--force" in ran.stderr and "prometheus/rules.yml" in ran.stderr
    assert before == {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_unwritable_directory(tmp_path):
    """A file where the directory should be: refused for everybody, root included."""
    (tmp_path / "file").write_text("")
    ran = render(CASES[0].model, CASES[0].environment, tmp_path / "file/out")
    assert ran.code == 2 and "file/out" in ran.stderr


def test_link_is_not_followed_out(tmp_path):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    render(CASES[0].model, CASES[0].environment, out).succeeded()
    elsewhere.mkdir()
    for path in (out / "prometheus").iterdir():
        path.rename(elsewhere / path.name)
    (out / "prometheus").rmdir()
    (out / "prometheus").symlink_to(elsewhere)
    before = {path.name: path.stat().st_mtime_ns for path in elsewhere.iterdir()}
    assert render(CASES[0].model, CASES[0].environment, out).code == 2
    assert before == {path.name: path.stat().st_mtime_ns for path in elsewhere.iterdir()}
    assert stat.S_ISLNK((out / "prometheus").lstat().st_mode)
