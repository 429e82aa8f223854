"""Writing, checking and diffing, as a script meets them."""
import io
import json
import subprocess
import tarfile

import jsonschema
import pytest
import yaml

from support.binary import render, rescfg
from support.examples import CASES

CASE = next(case for case in CASES if str(case) == "advanced-prod")


def contents(directory):
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


@pytest.fixture
def out(tmp_path):
    render(CASE.model, CASE.environment, tmp_path / "out").succeeded()
    return tmp_path / "out"


def test_pipe_gets_a_tar_of_the_same_files(out):
    stream = rescfg("render", "--config", CASE.model, "--env", CASE.environment).succeeded().stdout
    with tarfile.open(fileobj=io.BytesIO(stream)) as archive:
        inside = {it.name.removeprefix("./"): archive.extractfile(it).read() for it in archive if it.isfile()}
    want = contents(out)
    inside.pop(".rescfg-manifest.json", None), want.pop(".rescfg-manifest.json")
    assert inside == want


def test_yaml_stream_is_the_kubernetes_objects(out):
    stream = rescfg("render", "--config", CASE.model, "--env", CASE.environment, "--only", "kubernetes", "--format", "yaml").succeeded().stdout
    documents = [it for it in yaml.safe_load_all(stream) if it]
    files = [yaml.safe_load(path.read_text()) for path in sorted((out / "kubernetes").glob("*.yaml")) if path.name != "kustomization.yaml"]
    assert [it for it in documents if it["kind"] != "Kustomization"] == files


def test_check_agrees_with_diff(out):
    arguments = ["--config", CASE.model, "--env", CASE.environment]
    assert rescfg("render", *arguments, "--out", out, "--check").code == 0
    same = rescfg("diff", *arguments, out)
    assert (same.code, same.stdout) == (0, b"")
    changed = out / "prometheus/agent.yml"
    changed.write_text(changed.read_text().replace("30s", "31s", 1))
    before = contents(out)
    assert rescfg("render", *arguments, "--out", out, "--check").code == 1
    assert contents(out) == before
    different = rescfg("diff", *arguments, out)
    assert different.code == 1
    assert b"31s" in different.stdout and b"30s" in different.stdout


def test_diff_is_one_that_patch_takes(out):
    changed = out / "prometheus/agent.yml"
    original = changed.read_bytes()
    changed.write_text(changed.read_text().replace("30s", "31s", 1))
    different = rescfg("diff", "--config", CASE.model, "--env", CASE.environment, out).stdout
    subprocess.run(["patch", "-p1", "-d", out], input=different, check=True, capture_output=True)
    assert changed.read_bytes() == original


def test_stale_files_of_ours_are_pruned(tmp_path):
    out = tmp_path / "out"
    render(CASE.model, CASE.environment, out).succeeded()
    other = next(case for case in CASES if str(case) == "multi-environment-dev")
    render(other.model, other.environment, tmp_path / "other").succeeded()
    render(other.model, other.environment, out).succeeded()
    assert contents(out) == contents(tmp_path / "other")


def test_all_environments_at_once(tmp_path):
    model = next(case for case in CASES if case.example == "multi-environment").model
    rescfg("render", "--config", model, "--env", "all", "--out", tmp_path / "all/{env}").succeeded()
    for case in (it for it in CASES if it.model == model):
        render(model, case.environment, tmp_path / "one" / case.environment).succeeded()
    assert contents(tmp_path / "all") == contents(tmp_path / "one")


@pytest.mark.parametrize("case", {case.model: case for case in CASES}.values(), ids=lambda it: it.example)
def test_schema_takes_every_example(case):
    schema = json.loads(rescfg("schema").succeeded().stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(case.model.read_text()))


@pytest.mark.parametrize("text", ["remote_write_max_backoff: 30", "colector: rescfg", "network_partition_threshold: 0"])
def test_schema_refuses_what_check_refuses(text):
    schema = json.loads(rescfg("schema").succeeded().stdout)
    model = yaml.safe_load(f"version: 1\n{text}\nenvironments: {{prod: {{}}}}\n")
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(model))


def test_initial_model_checks_and_renders(tmp_path):
    rescfg("init", cwd=tmp_path).succeeded()
    rescfg("check", "--env", "prod", cwd=tmp_path).succeeded()
    rescfg("render", "--env", "prod", "--out", "out", cwd=tmp_path).succeeded()


def test_explain_names_lines_that_hold_the_value(out):
    said = rescfg("explain", "network_partition_threshold", "--config", CASE.model, "--env", CASE.environment).succeeded().stdout.decode()
    assert "5" in said and "rescfg.yaml" in said
    assert "terraform/environments/prod/terraform.tfvars" in said


@pytest.mark.parametrize("format", ["json", "sarif", "github"])
def test_machine_formats_of_check(format, tmp_path):
    (tmp_path / "rescfg.yaml").write_text("version: 1\ncolector: rescfg\nenvironments: {prod: {}}\n")
    ran = rescfg("check", "--env", "prod", "--format", format, cwd=tmp_path)
    assert ran.code == 2
    if format == "github":
        assert ran.stdout.startswith(b"::error file=rescfg.yaml,line=2")
    else:
        assert "rescfg.yaml" in json.dumps(json.loads(ran.stdout))


def test_nothing_but_data_on_standard_output(tmp_path):
    ran = render(CASE.model, CASE.environment, tmp_path / "out")
    assert ran.stdout == b""
