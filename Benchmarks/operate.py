"""What the detector and the sync job cost with a large fleet, inside the limits of the specification where cgroups can be made.

    make bench-operate
    .tools/venv/bin/python Benchmarks/operate.py --agents 2000 --targets 100

One process answers for all agents and for their centre (Benchmarks/fleet.py), on loopback. CPU is user and system time of the program,
memory the most that was resident. The limits are 128 MiB of memory, and 10 ms of CPU in each 100.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")
MEMORY_LIMIT = 128 << 20


class Limits:
    """A memory and a CPU cgroup, of the first or the second interface; without them, nothing is limited and the report says so."""

    def __init__(self):
        self.folders, self.made = [], []
        name = f"rescfg-bench-{os.getpid()}"
        one, two = pathlib.Path("/sys/fs/cgroup"), pathlib.Path("/sys/fs/cgroup")
        self.make("memory", (one / "memory" / name, {"memory.limit_in_bytes": MEMORY_LIMIT}), (two / name, {"memory.max": MEMORY_LIMIT}))
        self.make("CPU", (one / "cpu" / name, {"cpu.cfs_period_us": 100_000, "cpu.cfs_quota_us": 10_000}), (two / name, {"cpu.max": "10000 100000"}))

    def make(self, what, *choices):
        for folder, values in choices:
            try:
                folder.mkdir(exist_ok=True)
                for file, value in values.items():
                    (folder / file).write_text(str(value))
            except OSError:
                continue
            self.folders.append(folder)
            self.made.append(what)
            return

    def join(self):
        for folder in self.folders:
            (folder / "cgroup.procs").write_text(str(os.getpid()))

    def remove(self):
        for folder in set(self.folders):
            folder.rmdir()


class Fleet:
    def __init__(self, options):
        command = [sys.executable, ROOT / "Benchmarks/fleet.py", "--agents", options.agents, "--targets", options.targets, "--gaps", options.gaps]
        self.process = subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.said = json.loads(self.process.stdout.readline())
        self.agents = ",".join(f"127.0.0.1:{port}" for port in self.said["agents"])

    def statistics(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.said['centre']}/statistics", timeout=30) as answer:
            return json.load(answer)

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def model(folder, fleet, options):
    path = folder / "rescfg.yaml"
    path.write_text(json.dumps({
        "version": 1, "enable_network_resilience": True, "cluster_name": "bench", "collector": "rescfg", "survive": "2h", "environments": {"bench": {}},
        "storage": {"size": "10Gi"}, "load": {"nodes": options.agents},
        "detector": {"check_interval": f"{options.interval}s", "check_timeout": "10s"},
        "central": {"url": f"http://127.0.0.1:{fleet.said['centre']}", "out_of_order_window": "24h"}}))
    return path


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def peak(pid):
    return next(int(line.split()[1]) << 10 for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM"))


def detector(folder, fleet, limits, options):
    command = [options.rescfg, "run", "detector", "--config", folder / "rescfg.yaml", "--agents", fleet.agents, "--listen", "127.0.0.1:0",
               "--events", folder / "events.log"]
    program = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limits.join)
    time.sleep(options.interval * 0.95)
    first = cpu_seconds(program.pid)
    time.sleep(options.interval * options.rounds)
    used = (cpu_seconds(program.pid) - first) / options.rounds
    most = peak(program.pid)
    program.terminate()
    program.wait()
    polls = fleet.statistics()["polls"]
    rounds, begun = [], polls[0]
    for before, after in zip(polls, polls[1:] + [float("inf")]):
        if after - before > options.interval / 4:
            rounds.append(before - begun)
            begun = after
    return {"asked a round": len(polls) / len(rounds), "CPU a round": f"{used:.2f} s", "cores": f"{used / options.interval * 1000:.0f}m",
            "longest round": f"{max(rounds):.1f} s", "peak memory": f"{most / 2**20:.1f} MiB"}


def sync(folder, fleet, limits, options):
    command = [options.rescfg, "run", "sync", "--config", folder / "rescfg.yaml", "--agents", fleet.agents, "--format", "json"]
    began = time.monotonic()
    with open(folder / "sync.json", "wb") as out:
        program = subprocess.Popen(list(map(str, command)), stdout=out, preexec_fn=limits.join)
        _, status, usage = os.wait4(program.pid, 0)
    took = time.monotonic() - began
    report = json.loads((folder / "sync.json").read_text())
    used = usage.ru_utime + usage.ru_stime
    verified = sum(agent["gaps_verified"] for agent in report["agents"])
    return {"complete": report["complete"], "gaps looked for": verified, "CPU": f"{used:.2f} s", "cores over 15 min": f"{used / 900 * 1000:.1f}m",
            "time": f"{took:.1f} s", "peak memory": f"{usage.ru_maxrss / 1024:.1f} MiB", "exit": os.waitstatus_to_exitcode(status)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agents", type=int, default=1000)
    parser.add_argument("--targets", type=int, default=500)
    parser.add_argument("--gaps", type=int, default=20)
    parser.add_argument("--interval", type=int, default=30, help="detector.check_interval in seconds")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--rescfg", type=pathlib.Path, default=ROOT / ".build/release/rescfg")
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp())
    limits = Limits()
    fleet = Fleet(options)
    try:
        model(folder, fleet, options)
        print(f"{options.agents} agents, each with a status of {fleet.said['status_bytes'] / 1000:.0f} kB and a gap report of "
              f"{fleet.said['gaps_bytes'] / 1000:.0f} kB; limited: {', '.join(limits.made) or 'nothing'}")
        for run in detector, sync:
            print(run.__name__ + ": " + ", ".join(f"{name} {value}" for name, value in run(folder, fleet, limits, options).items()), flush=True)
    finally:
        fleet.stop()
        limits.remove()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
