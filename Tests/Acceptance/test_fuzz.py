"""Every reader of foreign bytes against inputs made of its corpus (Tests/Programs/Fuzz).

Short, and without knowing what an input reaches: `make fuzz` is the long search, by coverage, for which everything is built once more.

RESCFG_FUZZ_SECONDS: for each target (6). RESCFG_FUZZ_SEED: to see a run again.
"""
import os
import random
import subprocess

import pytest

from support.binary import REPOSITORY
from support.spool import program

SECONDS = int(os.environ.get("RESCFG_FUZZ_SECONDS", 6))
SEED = int(os.environ.get("RESCFG_FUZZ_SEED", random.randrange(1 << 63)))
OURS = REPOSITORY / "Tests/Programs/Fuzz/Corpus"
SAMPLES = REPOSITORY / "Tests/SamplesTests/Corpus"
# What the unit tests have is corpus, too.
SHARED = {"text": [SAMPLES / "exposition"], "openmetrics": [SAMPLES / "exposition"], "remote-write-1": [SAMPLES / "remote-write"],
          "remote-write-2": [SAMPLES / "remote-write", SAMPLES / "remote-write-sent"]}
TARGETS = sorted(path.name for path in OURS.iterdir())


def fuzz(target, *flags, timeout):
    corpora = [word for folder in [OURS / target, *SHARED.get(target, [])] for word in ("--corpus", folder)]
    return subprocess.run([program("Fuzz"), target, *corpora, "--seed", str(SEED), *flags], capture_output=True, text=True, timeout=timeout)


@pytest.mark.parametrize("target", TARGETS)
def test_no_input_breaks_a_reader(target, tmp_path):
    words = ""
    try:
        ran = fuzz(target, "--seconds", str(SECONDS), timeout=SECONDS + 60)
        print(ran.stdout)
        if ran.returncode == 0:
            return
        words = ran.stdout + ran.stderr[-2000:]
    except subprocess.TimeoutExpired:
        words = "an input takes longer than a minute"
    found = tmp_path / "input"
    try:
        fuzz(target, "--seconds", str(20 * SECONDS + 60), "--careful", str(found), timeout=20 * SECONDS + 120)
    except subprocess.TimeoutExpired:
        pass
    raise AssertionError(f"{target}, seed {SEED}: {words}\nThe input is in {found}; with its repair it belongs into {OURS / target}.")


def test_every_target_has_a_corpus():
    ran = subprocess.run([program("Fuzz")], capture_output=True, text=True)
    assert sorted(ran.stdout.removeprefix("usage: Fuzz ").split()[0].split("|")) == TARGETS
