"""A program that keeps a spool, and what the built binary says of the directory it leaves."""
import json
import os
import subprocess
from functools import cache

from support.binary import REPOSITORY, rescfg


@cache
def program(name):
    """One of Tests/Programs, built as the binary is: as fast, and out of the same modules."""
    build = ["swift", "build", "-c", "release", "--static-swift-stdlib", "--disable-local-rpath"]
    built = subprocess.run([*build, "--product", name], cwd=REPOSITORY, capture_output=True, text=True, timeout=1200)
    assert built.returncode == 0, built.stdout + built.stderr
    place = subprocess.run([*build, "--show-bin-path"], cwd=REPOSITORY, check=True, capture_output=True, text=True)
    return f"{place.stdout.strip()}/{name}"


def writer():
    return program("SpoolWriter")


def write(directory, *flags, environment=None, timeout=60, **options):
    """Runs it to its end; returns what it printed."""
    return subprocess.run([writer(), directory, *map(str, flags)], env=os.environ | (environment or {}), capture_output=True,
                          text=True, timeout=timeout, **options)


def acknowledged(printed):
    """Sequence numbers that were said to be durable. The last line may have been cut short."""
    lines = printed.split("\n")[:-1]
    return [int(line.split()[0]) for line in lines if line[:1].isdigit()]


def ledger(printed):
    """The line a run ends with, as a dictionary."""
    line = next(line for line in printed.split("\n") if line.startswith("ledger "))
    return dict(word.split("=", 1) for word in line.replace("dropped{", "dropped=").replace("}", "").split()[1:])


def listing(directory):
    return json.loads(rescfg("queue", "ls", "--format", "json", directory).succeeded().stdout)


def verification(directory):
    ran = rescfg("queue", "verify", "--format", "json", directory)
    assert ran.code in (0, 1), ran.stderr
    report = json.loads(ran.stdout)
    assert (ran.code == 1) == any(it["severity"] == "damage" for it in report["findings"])
    return report


def exported(directory, *flags):
    ran = rescfg("queue", "export", *flags, directory)
    assert ran.code in (0, 1), ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def check_samples(samples):
    """Every sample is one that the program wrote, and none is there twice; returns the records they belong to."""
    seen = set()
    for it in samples:
        record, number = int(it["value"]) // 1000, int(it["value"]) % 1000
        assert it["labels"] == {"__name__": "test_total", "number": str(number)} and it["timestamp"] == record * 1000, it
        assert (record, number) not in seen, f"twice: {it}"
        seen.add((record, number))
    return {record for record, _ in seen}


def check_books(directory):
    """Nothing damaged, nothing lost, and the books of every destination balance; returns what is listed and what was verified."""
    report = verification(directory)
    damage = [it for it in report["findings"] if it["severity"] == "damage"]
    assert damage == [], damage
    listed = listing(directory)
    for destination in listed["destinations"]:
        out = sum(destination["rejected"].values()) + sum(destination["dropped"].values())
        assert destination["collected"] == destination["delivered"] + out + destination["queued"], destination
        assert destination["balanced"] and not destination["cursor_lost"]
    return listed, report
