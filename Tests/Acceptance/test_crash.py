"""A process that keeps a spool is ended in every way there is; what it called durable is found again, and the books balance.

RESCFG_KILLS (1,000; on demand 10,000), RESCFG_POWER_CUTS (10): how many. RESCFG_EXHAUSTIVE: every call is failed, not every so many.
"""
import fcntl
import os
import random
import shutil
import struct
import subprocess
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.binary import REPOSITORY
from support.spool import acknowledged, check_books, check_samples, exported, ledger, listing, write, writer

KILLS = int(os.environ.get("RESCFG_KILLS", 1000))
POWER_CUTS = int(os.environ.get("RESCFG_POWER_CUTS", 10))
IS_EXHAUSTIVE = "RESCFG_EXHAUSTIVE" in os.environ
# Small enough that segments are sealed and removed in a few dozen commits.
SCRIPT = ["--commits", 60, "--settle", "--cap", 12_000]


def check(directory, acked, comment):
    """Everything acknowledged is there, up to what the cap has removed from the front."""
    listed, _ = check_books(directory)
    records = check_samples(exported(directory))
    if not acked:
        return
    assert records and max(acked) <= max(records), f"{comment}: {max(acked)} was acknowledged, {max(records, default=0)} is the last"
    assert {it for it in acked if it >= min(records)} <= records, comment
    assert records == set(range(min(records), max(records) + 1)), comment
    # What is gone from the front went with whole segments.
    assert min(records) == 1 or listed["segments"][0]["number"] > 1, comment


@contextmanager
def running(directory, printed, *flags):
    with open(printed, "a") as output:
        process = subprocess.Popen([writer(), directory, *map(str, flags)], stdout=output, stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def wait_for_lines(printed, count):
    for _ in range(3000):
        if Path(printed).read_text().count("\n") >= count:
            return
        time.sleep(0.01)
    raise AssertionError(f"no {count} acknowledgements")


def life(queue, flags, dice):
    """Starts the writer, ends it at a random moment, and returns what it said: sometimes before it has said anything, sometimes amid its commits."""
    process = subprocess.Popen([writer(), queue, *map(str, flags)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        lines = [process.stdout.readline() for _ in range(dice.choice([0, 0, 1, 2, 4, 8]))]
        time.sleep(dice.random() * 0.015)
        assert process.poll() is None, f"it ended by itself: {process.stderr.read()}"
    finally:
        process.kill()
        process.wait()
    with process.stdout, process.stderr:
        rest, errors = process.stdout.read(), process.stderr.read()
    assert errors == ""
    return "".join(lines) + rest


def lives(place, policy, seed, count):
    """Several directories after each other, each with many lives; returns how many samples were acknowledged."""
    dice = random.Random(seed)
    flags = ["--settle", "--cap", dice.choice([20_000, 4 << 20]), *(["--interval"] if policy == "interval" else [])]
    total = 0
    for first in range(0, count, 25):
        queue, acked = place / f"{policy}{seed}-{first}", []
        for cycle in range(first, min(first + 25, count)):
            acked += acknowledged(life(queue, flags, dice))
            if queue.exists():
                check(queue, acked, f"{policy}, seed {seed}, life {cycle}")
        last = write(queue, "--commits", 4, "--cap", 4 << 20)
        assert last.returncode == 0, f"{policy}, seed {seed}: no start after life {cycle}: {last.stderr}"
        total += len(acked)
        shutil.rmtree(queue)
    return total


def test_random_kills(tmp_path):
    """SIGKILL at moments that follow from a seed and the machine's load, as many lives at once as there are processors."""
    seed = random.randrange(1 << 32)
    print(f"{KILLS} kills, seed {seed}")
    workers = 2 * (os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) as pool:
        share = -(-KILLS // workers)
        running = [pool.submit(lives, tmp_path, ["always", "interval"][worker % 2], seed + worker, share) for worker in range(workers)]
        records = sum(it.result() for it in running)
    print(f"{share * workers} kills, {records} records acknowledged")
    assert records > KILLS


@pytest.fixture(scope="session")
def shim(tmp_path_factory):
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, REPOSITORY / "Tests/Programs/FaultShim/shim.c", "-ldl"], check=True)

    def run(directory, mode="", at=0, log=None, flags=SCRIPT):
        environment = {"LD_PRELOAD": str(library), "SHIM_MODE": mode, "SHIM_AT": str(at)} | ({"SHIM_LOG": str(log)} if log else {})
        return write(directory, *flags, environment=environment)
    return run


@pytest.fixture(scope="session")
def calls(shim, tmp_path_factory):
    """The letters of all calls that the script makes."""
    place = tmp_path_factory.mktemp("calls")
    shim(place / "q", log=place / "log").check_returncode()
    letters = (place / "log").read_text()
    assert len(letters) > 100 and set("wsdcu") <= set(letters), letters
    return letters


def at_points(calls, step, examine):
    """Examines calls by their number, several at once."""
    # A step that has no factor in common with the rhythm of the calls gets to each kind of them.
    with ThreadPoolExecutor(2 * (os.cpu_count() or 1)) as pool:
        list(pool.map(examine, range(1, len(calls) + 1, 1 if IS_EXHAUSTIVE else step)))


@pytest.mark.parametrize("mode", ["before", "half", "after"])
def test_killed_at_calls(mode, shim, calls, tmp_path):
    def examine(at):
        queue = tmp_path / f"{mode}{at}"
        ran = shim(queue, mode, at)
        assert ran.returncode == -9 or (mode, calls[at - 1]) == ("half", "w") or ran.returncode == 0
        if not queue.exists():
            return
        check(queue, acknowledged(ran.stdout), f"{mode} call {at}")
        # And it goes on.
        more = write(queue, "--commits", 5, "--cap", 12_000)
        check(queue, acknowledged(ran.stdout) + acknowledged(more.stdout), f"{mode} call {at}, and started again")
        shutil.rmtree(queue)
    at_points(calls, 7, examine)


@pytest.mark.parametrize("mode", ["EIO", "ENOSPC", "EIO-half", "ENOSPC-half"])
def test_call_fails_once(mode, shim, calls, tmp_path):
    def examine(at):
        queue = tmp_path / f"{mode}{at}"
        ran = shim(queue, mode, at)
        if ran.returncode != 0:
            # The very first calls are those of opening: a start that can't have the directory says so.
            assert at < 4 and "unreadable" in ran.stderr, ran.stderr
            return
        acked = acknowledged(ran.stdout)
        # One error of the disk is got over.
        assert len(acked) == 60, f"{mode} call {at}: {ran.stderr}"
        assert ledger(ran.stdout)["balanced"] == "true"
        check(queue, acked, f"{mode} call {at}")
        shutil.rmtree(queue)
    at_points(calls, 11, examine)


@pytest.mark.parametrize("mode", ["EIO-forever", "ENOSPC-half-forever"])
def test_disk_that_stays_broken_acknowledges_nothing_more(mode, shim, calls, tmp_path):
    def examine(at):
        queue = tmp_path / f"{mode}{at}"
        ran = shim(queue, mode, at)
        if queue.exists():
            check(queue, acknowledged(ran.stdout), f"{mode} from call {at}")
    at_points(calls, 29, examine)


def test_the_tests_bite(tmp_path):
    """What the checks above would say if an acknowledged record were gone."""
    ran = write(tmp_path / "q", "--commits", 20)
    path = next((tmp_path / "q").glob("*.seg"))
    os.truncate(path, path.stat().st_size // 6)
    with pytest.raises(AssertionError):
        check(tmp_path / "q", acknowledged(ran.stdout), "truncated")


def test_directory_removed_while_running(tmp_path):
    queue, printed = tmp_path / "q", tmp_path / "acks"
    with running(queue, printed, "--settle") as process:
        wait_for_lines(printed, 20)
        shutil.rmtree(queue, ignore_errors=True)
        wait_for_lines(printed, printed.read_text().count("\n") + 50)
        assert process.poll() is None
        assert listing(queue)["holder"] == process.pid
        refused = write(queue, "--commits", 1)
        assert refused.returncode == 1 and "locked" in refused.stderr
    acked = acknowledged(printed.read_text())
    records = check_samples(exported(queue))
    assert set(range(min(records), max(acked) + 1)) <= records and len(records) > 20
    check_books(queue)


class Unprivileged(Exception):
    pass


@contextmanager
def mounted(device, place, *options):
    place.mkdir(exist_ok=True)
    ran = subprocess.run(["mount", *options, device, place], capture_output=True, text=True)
    if ran.returncode != 0:
        raise Unprivileged(ran.stderr.strip())
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def did_not_run(why):
    """Not a pass in silence: the run's summary has it."""
    print(f"DID NOT RUN: {why}")
    warnings.warn(f"DID NOT RUN: {why}", stacklevel=2)


@pytest.mark.parametrize("limit", ["size=96k", "size=1m,nr_inodes=7"])
@pytest.mark.parametrize("policy", ["oldest", "newest", "refuse"])
def test_full_disk(limit, policy, tmp_path):
    """Bytes or names run out long before the cap does."""
    try:
        with mounted("tmpfs", tmp_path / "disk", "-t", "tmpfs", "-o", limit) as disk:
            flags = ["--commits", 1500, "--cap", 160_000] + ([] if policy == "oldest" else [f"--{policy}"])
            ran = write(disk / "q", *flags)
            assert ran.returncode == 0, ran.stderr
            acked, books = acknowledged(ran.stdout), ledger(ran.stdout)
            assert books["balanced"] == "true"
            _, report = check_books(disk / "q")
            records = check_samples(exported(disk / "q"))
            assert records == set(range(min(records), max(records) + 1)) and report["total"]["samples"] == 10 * len(records)
            if policy == "oldest":
                assert max(acked) == 1500 and min(records) > 1, "the newest is there, the oldest went"
                assert int(books["queued"]) == 10 * len(records) and int(books["collected"]) == 15_000
            else:
                assert min(records) == 1 and set(acked) <= records, "the oldest is there"
            if policy == "newest":
                assert "full=" in ran.stdout and int(books["collected"]) > int(books["queued"])
    except Unprivileged as error:
        did_not_run(f"a full disk needs the right to mount a tmpfs: {error}")


SHUTDOWN, WITHOUT_FLUSH = 0x8004587D, 2


def cut_power(place):
    """What the disk doesn't have is gone: ext4 and xfs do this for their own tests (FS_IOC_SHUTDOWN)."""
    directory = os.open(place, os.O_RDONLY)
    try:
        fcntl.ioctl(directory, SHUTDOWN, struct.pack("I", WITHOUT_FLUSH))
    finally:
        os.close(directory)


def test_power_cuts(tmp_path):
    """Under `always`, what was acknowledged survives the machine."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    dice = random.Random(seed)
    image, printed = tmp_path / "image", tmp_path / "acks"
    with open(image, "wb") as file:
        file.truncate(32 << 20)
    made = subprocess.run(["mkfs.ext4", "-q", image], capture_output=True, text=True)
    if made.returncode != 0:
        return did_not_run(f"a power cut needs ext4: {made.stderr}")
    try:
        for cut in range(POWER_CUTS):
            before = printed.read_text().count("\n") if printed.exists() else 0
            with mounted(image, tmp_path / "disk", "-o", "loop") as disk:
                with running(disk / "q", printed, "--settle", "--cap", 4 << 20):
                    wait_for_lines(printed, before + dice.randrange(1, 30))
                    time.sleep(dice.random() * 0.02)
                    # Only what was said before: the program outlives the cut, and an fdatasync that ext4 had begun may
                    # still answer that all is well.
                    acked = acknowledged(printed.read_text())
                    cut_power(disk)
            with mounted(image, tmp_path / "disk", "-o", "loop") as disk:
                check(disk / "q", acked, f"seed {seed}, cut {cut}")
    except (Unprivileged, OSError) as error:
        did_not_run(f"a power cut needs loop devices: {error}")
