"""Security scanners find nothing, but for what is named here with its reason."""
import json
import os
import shutil
import subprocess

import pytest
from detect_secrets import SecretsCollection
from detect_secrets.settings import default_settings

from support.binary import REPOSITORY

CHECKOV = REPOSITORY / ".tools/checkov/bin/checkov"

# Checks that what is rendered fails on purpose, with the reason. One that no longer fails has to leave.
EXCEPTIONS = {}


@pytest.fixture(scope="module")
def report(everything, tmp_path_factory):
    """checkov's findings on everything rendered: one run, as it takes seconds to start."""
    root = tmp_path_factory.mktemp("checkov")
    for case, output in everything.items():
        shutil.copytree(output.directory, root / str(case), ignore=shutil.ignore_patterns("grafana", "prometheus", "docs"))
    ran = subprocess.run([CHECKOV, "-d", root, "--framework", "kubernetes", "terraform", "-o", "json", "--compact",
                          "--skip-download", "--quiet"],
                         capture_output=True, text=True, env={**os.environ, "LOG_LEVEL": "ERROR"})
    assert ran.stdout, ran.stderr
    found = json.loads(ran.stdout)
    return found if isinstance(found, list) else [found]


def failed(report):
    return [(check["check_id"], check["resource"], check["file_path"], check["check_name"])
            for framework in report for check in framework["results"]["failed_checks"]]


def test_checkov_reads_everything(report):
    assert {framework["check_type"] for framework in report} == {"kubernetes", "terraform"}
    for framework in report:
        assert framework["summary"]["parsing_errors"] == 0, framework["results"]["parsing_errors"]
        assert framework["summary"]["resource_count"] > 50


def test_checkov_finds_nothing_else(report):
    others = sorted({f"{id} {resource} {path}: {name}" for id, resource, path, name in failed(report) if id not in EXCEPTIONS})
    assert others == []


def test_every_exception_is_needed(report):
    assert set(EXCEPTIONS) == {id for id, *_ in failed(report)} & set(EXCEPTIONS)
    assert all(EXCEPTIONS.values())


def test_no_secret_is_rendered(output):
    secrets = SecretsCollection()
    with default_settings():
        for path in output.files():
            # The manifest is a list of digests, which look random because they are.
            if path.name != ".rescfg-manifest.json":
                secrets.scan_file(str(path))
    assert secrets.json() == {}
