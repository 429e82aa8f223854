"""Runs programs in turn and takes their time and their peak memory."""
import json
import statistics
import subprocess
import sys

# A process inherits the peak of the one that started it. This one is small (9 MiB), smaller than all that is measured.
LAUNCHER = """
import os, sys, time
nowhere = os.open(os.devnull, os.O_WRONLY)
began = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ,
                       file_actions=[(os.POSIX_SPAWN_DUP2, nowhere, 1), (os.POSIX_SPAWN_DUP2, nowhere, 2)])
_, status, usage = os.wait4(child, 0)
print([time.perf_counter() - began, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)])
"""


def once(command, cwd=None, expect=(0,)):
    """(seconds, peak resident MiB) of one process, from its start to its end."""
    launched = subprocess.run([sys.executable, "-I", "-S", "-c", LAUNCHER, *map(str, command)], cwd=cwd, capture_output=True,
                              text=True, check=True)
    seconds, memory, code = json.loads(launched.stdout)
    if code not in expect:
        raise SystemExit(f"{command}: exit {code}")
    return seconds, memory


def paired(commands, rounds):
    """Medians of programs that take turns, so that what the machine does meanwhile falls on all of them alike."""
    taken = {name: [] for name in commands}
    for _ in range(rounds):
        for name, prepare in commands.items():
            taken[name].append(once(**prepare()))
    return {name: tuple(statistics.median(column) for column in zip(*runs)) for name, runs in taken.items()}
