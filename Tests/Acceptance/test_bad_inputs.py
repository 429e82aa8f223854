"""What is wrong is refused: exit 2, each problem at its place with what to do, nothing written.

golden/errors/ has the messages to the letter; `RECORD=1` writes them and then fails. How long a refusal takes is the
benchmark's business (Benchmarks/).
"""
import os
import stat

import pytest

from support.bad_models import BYTES, MODELS
from support.binary import REPOSITORY, render, rescfg
from support.examples import CASES

GOLDEN = REPOSITORY / "golden/errors"
RECORD = os.environ.get("RECORD") == "1"
FILES = {name: text.encode() for name, (text, _) in MODELS.items()} | BYTES


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
    golden = GOLDEN / f"{name}.txt"
    if RECORD:
        GOLDEN.mkdir(parents=True, exist_ok=True)
        golden.write_text(said)
        pytest.fail(f"recorded {golden.relative_to(REPOSITORY)}")
    assert said == golden.read_text()
    assert len(said) < 20_000, "a message is for reading"


def test_no_orphan_messages():
    assert sorted(path.stem for path in GOLDEN.iterdir()) == sorted(FILES)


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
