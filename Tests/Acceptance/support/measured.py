"""Runs a program and takes what it used of memory and disk."""
import json
import subprocess
import sys
from dataclasses import dataclass

# A process is charged with the peak of the one that started it, and pytest's grows with the tests: a small one starts it instead.
LAUNCHER = """
import json, os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
sys.stdout.flush()
json.dump([os.waitstatus_to_exitcode(status), usage.ru_maxrss * 1024, usage.ru_inblock * 512], sys.stderr)
"""


@dataclass(frozen=True)
class Measured:
    code: int
    stdout: str
    peak_bytes: int
    read_bytes: int


def measured(*command, timeout=120):
    """Runs it to its end; it has to be silent on standard error."""
    run = subprocess.run([sys.executable, "-I", "-S", "-c", LAUNCHER, *map(str, command)], capture_output=True, text=True,
                         check=True, timeout=timeout)
    code, peak, read = json.loads(run.stderr)
    return Measured(code, run.stdout, peak, read)
