"""Programs that run while a test does."""
import contextlib
import itertools
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request


def ports_of_worker():
    """Ports that no connection gets by chance (those begin at 32768), and no other worker of this run gives out; another run begins elsewhere."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 10
    first = 12_000 + worker * 2_000
    begin = os.getpid() % 2_000
    return itertools.cycle([*range(first + begin, first + 2_000), *range(first, first + begin)])


PORTS = ports_of_worker()


def free_port():
    for port in itertools.islice(PORTS, 2_000):
        with socket.socket() as probe:
            # As servers do: what a connection of before left behind is no hindrance.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port
    raise OSError("no port is free")


def get(url, timeout=5):
    """Status and body of a GET, whatever the status."""
    try:
        with urllib.request.urlopen(url, timeout=timeout) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def eventually(condition, seconds=30, interval=0.1, what="condition"):
    """Waits until `condition` gives something true, and returns that. What it raises on the way counts as not yet."""
    deadline = time.monotonic() + seconds
    last = None
    while time.monotonic() < deadline:
        try:
            last = condition()
        except (OSError, ValueError, KeyError) as error:
            last = error
        else:
            if last:
                return last
        time.sleep(interval)
    raise AssertionError(f"not within {seconds} s: {what}; last: {last!r}")


class Program:
    """A program with its output in a file, ended with the block that it was started for."""

    def __init__(self, arguments, log, environment=None, **options):
        self.arguments = [str(argument) for argument in arguments]
        self.log = log
        self.environment = environment
        self.options = options
        self.process = None

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.arguments, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=self.environment, **self.options)
        return self

    @property
    def pid(self):
        return self.process.pid

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def output(self):
        return self.log.read_text("utf-8", errors="replace")

    def kill(self):
        self.stop(signal.SIGKILL)

    def stop(self, number=signal.SIGTERM, seconds=60):
        if self.is_running():
            self.process.send_signal(number)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
                raise AssertionError(f"{self.arguments[0]} didn't stop within {seconds} s of signal {number}") from None
        return self.process.returncode if self.process else None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.is_running():
            self.process.kill()
            self.process.wait(10)
