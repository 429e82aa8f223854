"""Bits of a 64 KiB segment flipped, and every length it can be cut to: a start each, with nothing wrong read and the books exact.

RESCFG_EXHAUSTIVE: every bit in one run; else one in thirteen, from a place that chance chooses.
"""
import os
import random
import subprocess

import pytest

from support.spool import program

WORKERS = os.cpu_count() or 1
# Without a factor in common with the bits of a byte.
STEP = 1 if "RESCFG_EXHAUSTIVE" in os.environ else 13


def damage(kind, state, step=1):
    command = [program("SegmentDamage"), kind, state]
    first = random.randrange(step) * WORKERS
    print(f"every {step}th from {first}")
    running = [subprocess.Popen([*command, str(first + part), str(step * WORKERS)], stdout=subprocess.PIPE, text=True) for part in range(WORKERS)]
    said = [process.communicate()[0].strip() for process in running]
    assert all(process.returncode == 0 for process in running), said
    counts = [{key: int(value) for key, value in (word.split("=") for word in line.split())} for line in said]
    return {key: (sum if key in ("cases", "definitions", "whole") else max)(count[key] for count in counts) for key in counts[0]}


@pytest.mark.parametrize("state", ["sealed", "unsealed"])
def test_bit_flips(state):
    counts = damage("flips", state, STEP)
    print(counts)
    assert 60_000 < counts["bytes"] < 70_000 and abs(counts["cases"] - 8 * counts["bytes"] / STEP) <= WORKERS
    assert counts["whole"] == counts["cases"], "parity or a checksum gives everything back"
    assert counts["definitions"] > 0


@pytest.mark.parametrize("state", ["sealed", "unsealed"])
def test_every_truncation(state):
    counts = damage("truncations", state)
    print(counts)
    assert counts["cases"] == counts["bytes"] + 1
    assert counts["lostRecordsMax"] == counts["records"], "cut to nothing, nothing is left"
