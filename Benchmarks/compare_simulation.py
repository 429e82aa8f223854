"""Holds what `rescfg plan` and `rescfg simulate` say of an outage against one that happens.

    make bench-simulation
    .tools/venv/bin/python Benchmarks/compare_simulation.py --scenario survival

Real agents (`rescfg run agent`) scrape an exporter and send through a gate to Debian's Prometheus with an out-of-order window, all on
loopback. The gate closes: connections are refused and those that are open are cut. Plan and simulation get the model that the agents
run with, and the outage that the gate made; bytes a sample on disk are measured before the outage and given to both
(`load.disk_bytes_per_sample`), as docs/plan.md asks for.

    outage     twelve agents, cut off for two minutes and then for 20 s four times: backlog, time to fresh, drain time
    survival   one agent, whose storage is so small that it is full within minutes: when the first sample is dropped, and the peak of the disk

Exit status 1 where a ratio is beyond the limit, which is 20 %.
"""
import argparse
import contextlib
import json
import pathlib
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests/Acceptance"))

from support.binary import BINARY  # noqa: E402
from support.runtime.fakes import Server, answer  # noqa: E402
from support.runtime.processes import free_port  # noqa: E402
from support.runtime.servers import Agent, Prometheus, merged  # noqa: E402


class Gate:
    """A TCP relay that can be closed: then it isn't there."""

    def __init__(self, upstream):
        self.upstream = upstream
        self.port = free_port()
        self.lock = threading.Lock()
        self.sockets = set()
        self.listener = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def open(self):
        self.listener = socket.create_server(("127.0.0.1", self.port), backlog=256)
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def close(self):
        listener, self.listener = self.listener, None
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        with self.lock:
            for one in self.sockets:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def accept(self, listener):
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", self.upstream))
            except OSError:
                return
            for one in (near, far):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.lock:
                self.sockets |= {near, far}
            threading.Thread(target=self.pump, args=(near, far), daemon=True).start()
            threading.Thread(target=self.pump, args=(far, near), daemon=True).start()

    def pump(self, source, sink):
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                sink.sendall(data)
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        with self.lock:
            self.sockets -= {source, sink}


class Exporter(Server):
    """Pages of so many series that are made beforehand and served in turn. Of the values a third never change, a third count, and a
    third are measurements with two digits behind the point; or all are random in every bit, which nothing makes smaller."""

    def __init__(self, series, pages, incompressible):
        super().__init__(self.serve)
        chance = random.Random(5)
        counters = [0] * series
        self.pages = []
        for _ in range(pages):
            lines = []
            for index in range(series):
                if incompressible:
                    value = repr(chance.random() * 10 ** chance.randint(-3, 6))
                elif index % 3 == 0:
                    value = str(index)
                elif index % 3 == 1:
                    counters[index] += chance.randint(0, 500)
                    value = str(counters[index])
                else:
                    value = f"{chance.gauss(50, 10):.2f}"
                lines.append(f'bench_{index % 40}{{place="{index // 40}",mode="m{index % 7}"}} {value}\n')
            self.pages.append("".join(lines).encode())
        self.turn = {}

    def serve(self, request):
        turn = self.turn[request.path] = self.turn.get(request.path, -1) + 1
        page = self.pages[turn % len(self.pages)]
        answer(request, 200, page, [("Content-Type", "text/plain; version=0.0.4")])


def segments(agent):
    """Bytes of the queue's segments."""
    total = 0
    for file in agent.data.glob("*.seg"):
        with contextlib.suppress(FileNotFoundError):
            total += file.stat().st_size
    return total


class DiskPeak(threading.Thread):
    """The most that the data directory of an agent took on the disk, as the file system has it, and by the agent's own metric beside it."""

    def __init__(self, agent):
        super().__init__(daemon=True)
        self.agent = agent
        self.allocated = self.reported = self.looks = 0
        self.ending = threading.Event()

    def run(self):
        while not self.ending.wait(0.05):
            # Blocks: what is given back while it is counted is not there.
            total = 0
            for file in self.agent.data.rglob("*"):
                with contextlib.suppress(FileNotFoundError):
                    total += file.stat().st_blocks * 512
            self.allocated = max(self.allocated, total)
            if self.looks % 20 == 0:
                self.reported = max(self.reported, metric(self.agent, "rescfg_queue_disk_bytes"))
            self.looks += 1

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.join()


def metric(agent, name):
    return sum(value for key, value in agent.metrics().items() if key == name or key.startswith(name + "{"))


def rescfg(*arguments, ok=(0, 1)):
    ran = subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True)
    if ran.returncode not in ok:
        raise SystemExit(ran.stderr)
    return json.loads(ran.stdout)


class Prediction:
    """What plan and simulation say of one outage of a model."""

    def __init__(self, folder, document, bytes_per_sample, nodes, outage, seeds):
        folder.mkdir()
        model = folder / "rescfg.yaml"
        load = {"disk_bytes_per_sample": round(bytes_per_sample, 3), "nodes": nodes}
        model.write_text(json.dumps(merged(document, {"load": load})))
        schedule = folder / "faults.txt"
        schedule.write_text(f"10m {round(outage * 1000)}ms partition how=refused\n")
        common = ["--env", "test", "--config", model, "--format", "json"]
        plan = rescfg("plan", *common, "--nodes", nodes, "--outage", f"{round(outage)}s")
        self.plan = {name: it["value"] for name, it in plan[0]["figures"].items()}
        runs = [rescfg("simulate", *common, "--nodes", nodes, "--simulated-nodes", nodes, "--schedule", schedule, "--seed", seed)
                for seed in range(1, seeds + 1)]
        self.runs = [{it["name"]: it["value"] for it in run["values"]} for run in runs]

    def simulated(self, name):
        return statistics.median(run[name] for run in self.runs)


def document(options, series, interval, drain_rate, max_backoff):
    return {
        "version": 1, "enable_network_resilience": True, "collector": "rescfg", "cluster_name": "bench", "survive": "10m",
        "remote_write_max_backoff": max_backoff, "remote_write": {"drain_rate": drain_rate},
        "detector": {"check_interval": "5s", "check_timeout": "2s"}, "alerts": {"queue_age": "5m"},
        "load": {"series_per_node": series, "scrape_interval": interval}, "storage": {"size": "64Mi"},
        "central": {"out_of_order_window": "2h"}}


def started(stack, options, folder, base, gate, targets, interval):
    agents = []
    for index, target in enumerate(targets):
        model = merged(base, {"scrape_configs": [{"job_name": "bench", "scrape_interval": interval, "static_configs": [
            {"targets": [target], "labels": {"instance": f"i{index}", "__metrics_path__": f"/{index}"}}]}]})
        agent = Agent(folder / f"agent-{index}", gate.url, model=model, interval=interval)
        document = json.loads(agent.model.read_text())
        document["remote_write"] = base["remote_write"]
        document["remote_write_max_backoff"] = base["remote_write_max_backoff"]
        document["detector"] = base["detector"]
        agent.model.write_text(json.dumps(document))
        agent.environment["NODE_NAME"] = f"node-{index}"
        agents.append(stack.enter_context(agent))
        # Not all at the same moment of a scrape interval.
        time.sleep(0.15)
    return agents


def log(text):
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


def bytes_per_sample(agents, seconds):
    """What the disk takes, all in all, of what comes meanwhile."""
    before = sum(segments(it) for it in agents), sum(it.ledger()["collected"] for it in agents)
    time.sleep(seconds)
    after = sum(segments(it) for it in agents), sum(it.ledger()["collected"] for it in agents)
    return (after[0] - before[0]) / (after[1] - before[1])


class Recovery:
    """From the moment that the gate opens: when each node's newest samples are at the centre, and when its backlog is gone."""

    def __init__(self, centre, agents, interval, wants_drain=True):
        self.start = time.time()
        fresh, drained = {}, {}
        while time.time() - self.start < 600:
            now = time.time()
            for one in centre.query("timestamp(bench_0{place=\"0\"})"):
                node = one["metric"]["node"]
                if node not in fresh and now - float(one["value"][1]) <= interval:
                    fresh[node] = time.time() - self.start
            for index, agent in enumerate(agents):
                if wants_drain and index not in drained and agent.ledger()["queued_by_lane"]["backlog"] == 0:
                    drained[index] = time.time() - self.start
            if len(fresh) == len(agents) and (not wants_drain or len(drained) == len(agents)):
                break
            time.sleep(0.05)
        else:
            raise SystemExit("the agents didn't recover")
        self.fresh = max(fresh.values())
        self.drained = max(drained.values()) if wants_drain else None


def outage(options, folder):
    series, interval, nodes, length, short, shorts = 5000, 10, 12, 120, 20, 4
    base = document(options, series, f"{interval}s", 1000, "30s")
    with contextlib.ExitStack() as stack:
        exporter = stack.enter_context(Exporter(series, 16, incompressible=False))
        centre = stack.enter_context(Prometheus(folder / "centre"))
        gate = Gate(centre.port)
        gate.open()
        agents = started(stack, options, folder, base, gate, [f"127.0.0.1:{exporter.port}"] * nodes, f"{interval}s")
        time.sleep(3 * interval)
        log("measuring bytes a sample")
        size = bytes_per_sample(agents, 10 * interval)
        log(f"{size:.2f} bytes a sample; the gate closes for {length} s")
        began = time.time()
        gate.close()
        time.sleep(length - 2)
        queued = [it.ledger()["queued"] for it in agents]
        unsent = max(metric(it, "rescfg_queue_bytes") for it in agents)
        time.sleep(max(began + length - time.time(), 0))
        gate.open()
        actual = time.time() - began
        long = Recovery(centre, agents, interval)
        log(f"fresh after {long.fresh:.1f} s, drained after {long.drained:.1f} s")
        fresh = []
        for _ in range(shorts):
            time.sleep(2 * interval + random.uniform(0, interval))
            gate.close()
            time.sleep(short)
            gate.open()
            fresh.append(Recovery(centre, agents, interval, wants_drain=False).fresh)
            log(f"a short one: fresh after {fresh[-1]:.1f} s")
        lost = sum(sum(it.ledger()["dropped"].values()) + sum(it.ledger()["rejected"].values()) for it in agents)
    said = Prediction(folder / "long", base, size, nodes, actual, options.seeds)
    shortly = Prediction(folder / "short", base, size, nodes, short, options.seeds)
    yield "backlog, samples of a node", said.plan["backlog_samples"], None, max(queued)
    yield "backlog, MiB of a node", said.plan["backlog_bytes"] / 2**20, said.simulated("peak_backlog") / 2**20, unsent / 2**20
    yield "time to fresh, s, after two minutes", said.plan["fresh_after"], said.simulated("time_to_fresh") / 1000, long.fresh
    yield ("time to fresh, s, after 20 s", shortly.plan["fresh_after"], shortly.simulated("time_to_fresh") / 1000, statistics.median(fresh))
    yield "drain time, s", said.plan["drained_after"], said.simulated("drain") / 1000, long.drained
    yield "lost samples", 0, said.simulated("loss"), lost


def survival(options, folder):
    series, interval = 40_000, 1
    # Less than the disk holds, or the model is refused.
    base = merged(document(options, series, f"{interval}s", 100_000, "30s"), {"survive": "2m", "alerts": {"queue_age": "1m"}})
    with contextlib.ExitStack() as stack:
        log("making pages")
        exporter = stack.enter_context(Exporter(series, 12, incompressible=True))
        centre = stack.enter_context(Prometheus(folder / "centre"))
        gate = Gate(centre.port)
        gate.open()
        agent, = started(stack, options, folder, base, gate, [f"127.0.0.1:{exporter.port}"], f"{interval}s")
        time.sleep(10)
        log("measuring bytes a sample")
        size = bytes_per_sample([agent], 60)
        collected = agent.ledger()["collected"]
        log(f"{size:.2f} bytes a sample; the gate closes")
        began = time.time()
        gate.close()
        with DiskPeak(agent) as peak:
            while True:
                books = agent.ledger()
                if sum(books["dropped"].values()) > 0:
                    break
                if time.time() - began > 900:
                    raise SystemExit("nothing is ever dropped")
                time.sleep(0.1)
            survived = time.time() - began
            # As long again, as the outage that is simulated: the disk is at its fullest behind the first drop as before it.
            while time.time() - began < 2 * survived:
                time.sleep(0.5)
        rate = (books["collected"] - collected) / survived
        log(f"dropped after {survived:.1f} s, at {rate:.0f} samples/s; {peak.looks} looks at the disk, by the agent's metric "
            f"{peak.reported / 2**20:.1f} MiB")
    said = Prediction(folder / "said", base, size, 1, 2 * survived, options.seeds)
    yield "survival, s", said.plan["survives_by_disk"], said.simulated("first_drop") / 1000, survived
    yield "peak disk, MiB", said.plan["kept_bytes"] / 2**20, said.simulated("peak_disk") / 2**20, peak.allocated / 2**20
    yield "peak disk by the agent's metric, MiB", None, said.simulated("peak_disk") / 2**20, peak.reported / 2**20


SCENARIOS = {"outage": outage, "survival": survival}


def show(value):
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 1000 or value == 0 else f"{value:.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", choices=[*SCENARIOS, "all"], default="all")
    parser.add_argument("--seeds", type=int, default=5, help="simulations, of which the median counts")
    parser.add_argument("--limit", type=float, default=0.2, help="how far a ratio may be from 1")
    options = parser.parse_args()
    print("| | plan | simulation | real | plan / real | simulation / real |")
    print("|---|---|---|---|---|---|")
    misses = 0
    for name in SCENARIOS if options.scenario == "all" else [options.scenario]:
        with tempfile.TemporaryDirectory(prefix="compare-simulation-") as folder:
            for what, plan, simulated, real in SCENARIOS[name](options, pathlib.Path(folder)):
                ratios = [None if it is None or real == 0 else it / real for it in (plan, simulated)]
                misses += sum(it is not None and abs(it - 1) > options.limit for it in ratios)
                misses += real == 0 and any(it not in (None, 0) for it in (plan, simulated))
                shown = ["" if it is None else f"{it:.2f}" for it in ratios]
                print(f"| {what} | {show(plan)} | {show(simulated)} | {show(real)} | {shown[0]} | {shown[1]} |", flush=True)
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
