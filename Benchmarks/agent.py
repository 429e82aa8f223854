"""Compares agents that scrape and send: this one, Prometheus in agent mode, vmagent.

    make bench-agent
    .tools/venv/bin/python Benchmarks/agent.py --agents rescfg,prometheus,vmagent --scenario steady

Each runs alone against fresh targets and a fresh receiver (Benchmarks/AgentLoad), on loopback, in turns. The receiver reads every request
with the decoder of this repository and keeps account of each sample of each scrape, value included.

CPU is user and system time of the agent's process over whole scrape intervals; wire is bytes of accepted bodies; lost is what the targets
served and the receiver never got, less what the agent itself says is queued when it is stopped.
"""
import argparse
import collections
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import tempfile
import time

from compared_agents import KINDS, FedByVmagent, free_port, get

ROOT = pathlib.Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")


class Run:
    """One agent in one scenario."""

    def __init__(self, options, name):
        self.options, self.name = options, name
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="agent-benchmark-"))
        self.data = self.directory / "data"
        self.data.mkdir()
        self.processes = []
        self.is_fed = False
        self.counts = options.receiver == "count"
        self.result = {}
        load = str(options.load)
        self.targets_port = int(self.start([load, "export", str(options.targets), str(options.series)], True))
        self.sink_port, self.control_port = map(int, self.start([load, "sink"] + ["count"] * self.counts, True).split())
        self.agent_port = free_port()
        self.agent = KINDS[name](self)
        self.pid = None

    def program(self, name):
        for folder in (self.options.peers, None):
            found = shutil.which(name, path=folder)
            if found:
                return found
        raise SystemExit(f"{name} isn't there; --peers names its folder")

    def start(self, command, reads_line=False):
        log = open(self.directory / "log", "ab")
        process = subprocess.Popen(command, stdout=subprocess.PIPE if reads_line else log, stderr=log)
        self.processes.append(process)
        return process.stdout.readline().decode().strip() if reads_line else process

    def start_agent(self):
        self.process = self.start(self.agent.command())
        self.pid = self.process.pid
        if isinstance(self.agent, FedByVmagent) and not self.is_fed:
            self.is_fed = True
            self.agent.start_feeder()

    def stop_agent(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        self.process.wait(30)

    def mode(self, mode):
        get(self.control_port, f"/mode/{mode}")

    def rate(self, rate):
        get(self.control_port, f"/rate/{rate}")

    def stats(self):
        return get(self.control_port, "/stats")

    def served(self):
        return sum(count for _, count, _ in get(self.targets_port, "/scrapes"))

    def snapshot(self):
        words = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        blocks = sum(f.stat().st_blocks * 512 for f in self.data.rglob("*") if f.is_file())
        return {
            "cpu": (int(words[11]) + int(words[12])) / TICK,
            "anonymous": int(re.search(r"RssAnon:\s+(\d+)", status)[1]) * 1024,
            "peak": int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024,
            "disk": blocks,
            "served": self.served(),
            **self.stats(),
        }

    def wait(self, what, condition, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return True
            time.sleep(0.02)
        self.result["note"] = f"{what}: not within {seconds} s"
        return False

    def warm_up(self):
        o = self.options

        def has_begun():
            stats = self.stats()
            return stats["samples"] >= o.targets * o.series if self.counts else stats["targets"] == o.targets

        self.wait("first samples", has_begun, 60)
        time.sleep(2 * o.interval)

    def window(self, seconds):
        whole = max(1, round(seconds / self.options.interval)) * self.options.interval
        before = self.snapshot()
        time.sleep(whole)
        after = self.snapshot()
        samples = after["samples"] - before["samples"]
        r = self.result
        r["CPU, µs a sample"] = (after["cpu"] - before["cpu"]) * 1e6 / samples
        r["anonymous RSS, MiB"] = after["anonymous"] / 2**20
        r["wire, bytes a sample"] = (after["bytes"] - before["bytes"]) / samples
        r["samples a request"] = samples / (after["requests"] - before["requests"])

    def restored(self, limit):
        """From the moment that the receiver takes data again: seconds to all targets fresh, and to the end of the backlog."""
        start = time.monotonic()
        fresh = drained = None
        begin = self.stats()
        # The drain's rate counts from where something arrives: how long that takes is the other figure.
        flowing = start
        while time.monotonic() - start < limit and (fresh is None and not self.counts or drained is None):
            asked = time.monotonic()
            now = self.stats()
            if now["distinct"] == begin["distinct"]:
                flowing = asked
            behind = time.time() * 1000 - now["oldest_newest"]
            if fresh is None and not self.counts and behind < 2000 * self.options.interval:
                fresh = time.monotonic() - start
            # All but what one round of scrapes brings, which is always on its way.
            if drained is None and now["distinct"] >= self.served() - self.options.targets * self.options.series:
                drained = time.monotonic() - start
                flow = max(time.monotonic() - flowing, 0.1)
                self.result["drain, samples/s"] = (now["distinct"] - begin["distinct"]) / flow
                self.result["drain, bytes/s"] = (now["bytes"] - begin["bytes"]) / flow
            time.sleep(0.02 if self.counts else 0.1)
        self.result["restore to all fresh, s"] = fresh
        self.result["restore to drained, s"] = drained

    def account(self):
        """Every scrape that was served, against every one that arrived."""
        if self.is_fed:
            self.agent.feeding.send_signal(signal.SIGTERM)
            self.agent.feeding.wait(30)
        time.sleep(min(self.options.interval, 5) + 1)
        queued = self.agent.queued()
        self.stop_agent()
        if self.counts:
            self.result["malformed requests"] = self.stats()["malformed"]
            return
        arrived = collections.Counter()
        partial = collections.Counter()
        duplicates = wrong = 0
        served = get(self.targets_port, "/scrapes")
        sizes = {(target, total): count for target, count, total in served}
        for target, _, distinct, twice, total in get(self.control_port, "/scrapes"):
            duplicates += twice
            if sizes.get((target, total)) == distinct:
                arrived[target, total] += 1
            elif distinct == self.options.series:
                wrong += 1
            else:
                partial[target] += distinct
        lost = sum(count for target, count, total in served if not arrived[target, total]) - sum(partial.values())
        r = self.result
        r["lost samples"] = max(0, lost - queued) if wrong == 0 else lost
        r["of them in the queue at the end"] = min(queued, max(lost, 0))
        r["duplicate samples"] = duplicates
        r["wrong scrapes"] = wrong
        r["malformed requests"] = self.stats()["malformed"]

    def close(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
                process.wait(10)
        shutil.rmtree(self.directory)


def steady(run):
    run.warm_up()
    run.window(run.options.seconds)


def outage(run, mode, kill=False, rate=0):
    run.warm_up()
    if rate:
        run.rate(rate)
        run.warm_up()
    before = run.snapshot()
    run.mode(mode)
    seconds = run.options.outage
    time.sleep(seconds / 2 if kill else seconds)
    if kill:
        run.stop_agent(signal.SIGKILL)
        run.start_agent()
        time.sleep(seconds / 2)
    after = run.snapshot()
    buffered = after["served"] - before["served"]
    run.result["samples buffered"] = buffered
    run.result["disk, bytes a buffered sample"] = (after["disk"] - before["disk"]) / max(buffered, 1)
    run.mode("ok")
    run.restored(run.options.limit)
    run.result["peak RSS, MiB"] = run.snapshot()["peak"] / 2**20


def errors(run):
    run.warm_up()
    for mode in ("503", "429", "500", "hang", "reset", "refuse"):
        run.mode(mode)
        time.sleep(run.options.outage / 4)
        run.mode("ok")
        time.sleep(2 * run.options.interval)
    run.restored(run.options.limit)


def restart(run):
    """A start on a queue of gigabytes, of this agent alone: no other makes one in a minute."""
    o = run.options
    run.warm_up()
    run.stop_agent()
    command = [str(o.load), "backlog", str(round(o.backlog * 2**30)), str(o.targets), str(o.series), str(o.interval), str(run.data)]
    run.result["backlog"] = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    for kept, name in (("", "first request, s"), ("page cache dropped", "first request, page cache dropped, s")):
        if kept:
            run.stop_agent(signal.SIGKILL)
            os.sync()
            pathlib.Path("/proc/sys/vm/drop_caches").write_text("3")
        before = run.stats()["requests"]
        start = time.monotonic()
        run.start_agent()
        run.wait("first request", lambda: run.stats()["requests"] > before, 60)
        run.result[name] = time.monotonic() - start
    run.wait("fresh", lambda: time.time() * 1000 - run.stats()["oldest_newest"] < 2000 * o.interval, 60)
    run.result["restart to all fresh, s"] = time.monotonic() - start
    run.result["peak RSS, MiB"] = run.snapshot()["peak"] / 2**20


SCENARIOS = {
    "steady": steady,
    "partition": lambda run: outage(run, "refuse"),
    "crash": lambda run: outage(run, "refuse", kill=True),
    "errors": errors,
    "thin-line": lambda run: outage(run, "refuse", rate=run.options.line),
    "drain": lambda run: outage(run, "503"),
    "restart": restart,
}


def show(value):
    if value is None:
        return "-"
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2f}"


def table(scenario, results):
    names = list(results)
    medians = {}
    for name in names:
        rows = list(dict.fromkeys(key for result in results[name] for key in result))
        medians[name] = {}
        for row in rows:
            values = [result[row] for result in results[name] if result.get(row) is not None]
            numbers = [value for value in values if not isinstance(value, str)]
            medians[name][row] = statistics.median(numbers) if numbers else (values or [None])[0]
    rows = list(dict.fromkeys(row for name in names for row in medians[name]))
    first = names[0]
    print(f"\n| {scenario} | " + " | ".join(names[:1] + [x for n in names[1:] for x in (n, f"{first} of it")]) + " |")
    print("|---" * (2 * len(names)) + "|")
    for row in rows:
        cells = [show(medians[first].get(row))]
        for name in names[1:]:
            value, own = medians[name].get(row), medians[first].get(row)
            ratio = own / value if isinstance(value, (int, float)) and isinstance(own, (int, float)) and value else None
            cells += [show(value), show(ratio)]
        print(f"| {row} | " + " | ".join(cells) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agents", default="rescfg,prometheus,vmagent", help=", ".join(KINDS))
    parser.add_argument("--scenario", default="steady", choices=SCENARIOS)
    parser.add_argument("--targets", type=int, default=20)
    parser.add_argument("--series", type=int, default=5000, help="of each target")
    parser.add_argument("--interval", type=int, default=5, help="between scrapes, in seconds")
    parser.add_argument("--seconds", type=int, default=30, help="that are measured in steady")
    parser.add_argument("--outage", type=int, default=60, help="seconds")
    parser.add_argument("--batch", type=int, default=1000, help="samples a request at most; vmagent has 10,000 rows always")
    parser.add_argument("--limit", type=int, default=180, help="seconds that a backlog may take")
    parser.add_argument("--backlog", type=float, default=1, help="gibibytes that a restart finds")
    parser.add_argument("--line", type=int, default=1_000_000, help="bytes a second of a thin line")
    parser.add_argument(
        "--peer-labels",
        default="external",
        choices=["external", "target", "none"],
        help="how the others get the three labels that rescfg adds to every series: external labels cost vmagent most of its time",
    )
    parser.add_argument(
        "--receiver",
        default="check",
        choices=["check", "count"],
        help="whether it keeps account of every sample, which costs more than an agent does, or only counts them",
    )
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--rescfg", type=pathlib.Path, default=ROOT / ".build/release/rescfg")
    parser.add_argument("--load", type=pathlib.Path, default=ROOT / ".build/release/AgentLoad")
    parser.add_argument("--peers", default=str(ROOT / ".tools/bin"), help="folder of the other agents")
    options = parser.parse_args()
    results = collections.defaultdict(list)
    for _ in range(options.repeat):
        for name in options.agents.split(","):
            run = Run(options, name)
            try:
                run.start_agent()
                SCENARIOS[options.scenario](run)
                run.account()
            finally:
                run.close()
            results[name].append(run.result)
    busy = os.getloadavg()[0]
    print(f"{options.targets} targets of {options.series} series every {options.interval} s; load average {busy:.1f}")
    table(options.scenario, results)


if __name__ == "__main__":
    main()
