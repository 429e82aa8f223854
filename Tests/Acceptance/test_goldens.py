"""golden/<example>/<environment>/ is what out/ holds, to the byte. A change to output is reviewed as the change of these.

`make record` (RECORD=1) writes them anew, and fails, so that a recording never looks like a pass.
"""
import difflib
import os
import shutil

import pytest

from support.binary import REPOSITORY
from support.examples import CASES

GOLDEN = REPOSITORY / "golden"
RECORD = os.environ.get("RECORD") == "1"


def contents(directory):
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def test_output_is_golden(case, output):
    golden = GOLDEN / case.example / case.environment
    have = contents(output.directory)
    if RECORD:
        shutil.rmtree(golden, ignore_errors=True)
        shutil.copytree(output.directory, golden)
        pytest.fail(f"recorded {golden.relative_to(REPOSITORY)}")
    want = contents(golden)
    assert sorted(have) == sorted(want)
    for path in sorted(have):
        if have[path] != want[path]:
            lines = (side[path].decode("utf-8").splitlines(keepends=True) for side in (want, have))
            pytest.fail("".join(difflib.unified_diff(*lines, f"golden/{case.example}/{case.environment}/{path}", path)))


def test_no_orphans():
    known = {GOLDEN / case.example / case.environment for case in CASES}
    known |= {it.parent for it in known} | {GOLDEN / "errors", GOLDEN / "plan"}
    found = {path for path in [*GOLDEN.glob("*"), *(it for it in GOLDEN.glob("*/*") if it.parent.name not in ("errors", "plan"))]}
    orphans = sorted(str(path.relative_to(REPOSITORY)) for path in found - known)
    if RECORD:
        for orphan in orphans:
            shutil.rmtree(REPOSITORY / orphan)
    assert orphans == []
