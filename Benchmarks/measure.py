"""Runs programs in turn and takes their time and their peak memory."""
import os
import statistics
import subprocess
import time


def once(command, cwd=None, expect=(0,)):
    """(seconds, peak resident MiB) of one process, from its start to its end.

    A shell stands between: a process inherits its parent's peak, and this one's would be Python's.
    """
    command = ["sh", "-c", '"$@"; exit $?', "sh", *map(str, command)]
    with open(os.devnull, "w") as nowhere:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in expect:
        raise SystemExit(f"{command}: exit {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def paired(commands, rounds):
    """Medians of programs that take turns, so that what the machine does meanwhile falls on all of them alike."""
    taken = {name: [] for name in commands}
    for _ in range(rounds):
        for name, prepare in commands.items():
            taken[name].append(once(**prepare()))
    return {name: tuple(statistics.median(column) for column in zip(*runs)) for name, runs in taken.items()}
