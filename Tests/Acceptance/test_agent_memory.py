"""The agent in 128 MiB, whatever comes in: as much as a node has, far more than a node has, and what is made to fill memory.

RESCFG_BACKLOG_SERIES: series of the 24 hours' backlog (50).
"""
import os
import time
import urllib.request
import zlib

import pytest

from support.runtime.fakes import Centre, Server, answer
from support.runtime.memory import memory_group, peak_bytes
from support.runtime.processes import eventually
from support.runtime.remote_write import bits, request
from support.runtime.servers import Agent

BUDGET = 128 << 20
BACKLOG_SERIES = int(os.environ.get("RESCFG_BACKLOG_SERIES", 50))
DAY, STEP = 86_400, 15
CHUNK = 1 << 20


@pytest.fixture
def centre():
    with Centre() as centre:
        yield centre


@pytest.fixture
def group():
    with memory_group(BUDGET) as group:
        yield group


def agent_in(group, folder, centre, targets=(), jobs=None, **options):
    model = {"agent": {"resources": {"limits": {"memory": "128Mi"}, "requests": {"memory": "64Mi"}}}} | options.pop("model", {})
    if jobs:
        model["scrape_configs"] = jobs
    agent = Agent(folder, f"http://127.0.0.1:{centre.port}", targets, model=model, **options)
    agent.options = {"preexec_fn": group.join}
    return agent


def check_memory(agent, group):
    assert agent.is_running() and group.kills() == 0
    peak = peak_bytes(agent.pid)
    print(f"peak {peak / (1 << 20):.1f} MiB")
    assert peak < BUDGET
    return peak


TEXT = [("Content-Type", "text/plain; version=0.0.4")]


def serve_good(it):
    answer(it, 200, b"good_total 1\n", TEXT)


class Hostile(Server):
    """Targets that never come to an end, by path; counts the bytes that were taken of each."""

    # 1 GiB of one line, and of lines that are well formed, packed into 1 MiB each.
    PATHS = ["/series", "/line", "/bomb", "/bomb-of-lines", "/endless"]

    def __init__(self):
        super().__init__(self.serve)
        self.many = b"".join(b'many_total{i="@-%d",of="a target that counts by what it should not count by"} 1\n' % i for i in range(10_000))
        self.taken = {path: [] for path in self.PATHS}
        self.bombs = {"/bomb": self.bomb(b"a" * CHUNK), "/bomb-of-lines": self.bomb((b"bomb_total 1\n" * CHUNK)[:CHUNK])}

    @staticmethod
    def bomb(chunk):
        """The head of a gzip file, and 1,024 times the same piece. Nobody gets as far as where its checksum would be."""
        packer = zlib.compressobj(9, wbits=-15)
        piece = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
        return bytes.fromhex("1f8b08000000000000ff") + 1024 * piece

    def serve(self, request):
        path, taken = request.path, 0
        request.close_connection = True
        request.send_response(200)
        request.send_header("Content-Type", "text/plain; version=0.0.4")
        if path in self.bombs:
            request.send_header("Content-Encoding", "gzip")
        if path == "/endless":
            request.send_header("Content-Length", str(100 << 30))
        request.end_headers()
        try:
            for chunk in self.chunks(path):
                request.wfile.write(chunk)
                taken += len(chunk)
        except OSError:
            pass
        self.taken[path].append(taken)

    def chunks(self, path):
        if path in self.bombs:
            yield self.bombs[path]
            return
        for number in range(1024):
            if path == "/series":
                # 10,000 each: 10 million before it ends.
                yield self.many.replace(b"@", b"%d" % number)
            elif path == "/endless":
                yield b'same_total{a="b"} 1\n' * (CHUNK // 20)
            else:
                yield b"a" * CHUNK


def test_targets_made_to_fill_memory(tmp_path, centre, group):
    """Ten million series, a line of 1 GB, two gzip bombs and an answer of 100 GB, all at the same time, beside a target that is well."""
    with Hostile() as hostile, Server(serve_good) as good:
        jobs = [{"job_name": path.strip("/"), "metrics_path": path, "static_configs": [{"targets": [f"127.0.0.1:{hostile.port}"]}]}
                for path in Hostile.PATHS]
        jobs.append({"job_name": "good", "static_configs": [{"targets": [f"127.0.0.1:{good.port}"]}]})
        model = {"load": {"series_per_node": 100, "scrape_interval": "5s"}}
        with agent_in(group, tmp_path / "agent", centre, jobs=jobs, model=model) as agent:
            eventually(lambda: all(len(it) >= 2 for it in hostile.taken.values()), seconds=90, what="each was scraped twice")
            metrics = agent.metrics()
            check_memory(agent, group)
            assert sum(value for key, value in metrics.items() if key.startswith("rescfg_limit_hits_total")) > 0
            # The first scrapes had their time; each was broken off.
            for path in "/series", "/line", "/endless":
                assert max(hostile.taken[path]) < 80 << 20, path
            def fresh():
                ups = {dict(labels)["job"]: samples for labels, samples in centre.of("up").items()}
                return len(ups) == len(jobs) and ups
            ups = eventually(fresh, what="the centre has up of each job")
            for job, samples in ups.items():
                assert {value for _, value in samples} == {bits(float(job == "good"))}, job
            eventually(lambda: any(len(it) >= 2 for it in centre.of("good_total").values()), what="the good target goes on")
            # Nothing of what was broken off is in the queue.
            assert agent.ledger()["collected"] < 1000


class Flood(Centre):
    """Answers everything with 100 GB, until it is told to be a centre."""

    def __init__(self):
        super().__init__()
        self.handler = self.flood
        self.is_flooding = True
        self.taken = []

    def flood(self, request):
        if not self.is_flooding:
            return self.serve(request)
        request.rfile.read(int(request.headers.get("Content-Length") or 0))
        request.close_connection = True
        request.send_response(500)
        request.send_header("Content-Length", str(100 << 30))
        request.end_headers()
        taken = 0
        try:
            while True:
                request.wfile.write(b"x" * CHUNK)
                taken += CHUNK
        except OSError:
            self.taken.append(taken)


def test_centre_that_answers_without_end(tmp_path, group):
    with Flood() as centre, Server(serve_good) as good:
        with agent_in(group, tmp_path / "agent", centre, [f"127.0.0.1:{good.port}"]) as agent:
            eventually(lambda: len(centre.taken) >= 5, what="the centre was asked")
            check_memory(agent, group)
            # What the sockets hold of it, and no more.
            assert max(centre.taken) < 16 << 20
            centre.is_flooding = False
            eventually(lambda: centre.of("good_total"), what="samples arrive")
            assert agent.ledger()["balanced"]


class Taking(Centre):
    """Takes everything and keeps nothing."""

    def __init__(self):
        super().__init__()
        self.handler = self.take

    def take(self, request):
        if self.mode != "ok" or request.command == "GET":
            return self.serve(request)
        request.rfile.read(int(request.headers["Content-Length"]))
        return answer(request, 204)


class Node(Server):
    """A node's targets: `targets` of `series` each, on one port by path, a tenth of the values new at each scrape."""

    def __init__(self, targets, series):
        super().__init__(self.serve)
        self.count = targets
        self.lines = [[f'node_metric_{index % 50}{{instance_of="target-{target}",device="dev{index}",mode="a longer label value"}} '.encode()
                       for index in range(series)] for target in range(targets)]
        self.scrapes = [0] * targets

    def serve(self, request):
        target = int(request.path.rsplit("/", 1)[1])
        self.scrapes[target] += 1
        number = self.scrapes[target]
        body = b"".join(line + b"%d\n" % (number if index % 10 == number % 10 else index) for index, line in enumerate(self.lines[target]))
        answer(request, 200, body, TEXT)

    @property
    def jobs(self):
        return [{"job_name": f"job-{target}", "metrics_path": f"/{target}", "static_configs": [{"targets": [f"127.0.0.1:{self.port}"]}]}
                for target in range(self.count)]


def lost(books):
    return sum(books["dropped"].values()) + sum(books["rejected"].values())


def test_a_nodes_load_through_a_partition(tmp_path, group):
    """20,000 series, the centre away and back, in 128 MiB."""
    model = {"load": {"series_per_node": 20_000, "scrape_interval": "3s"}}
    with Taking() as centre, Node(20, 1000) as node, agent_in(group, tmp_path / "agent", centre, jobs=node.jobs, model=model) as agent:
        eventually(lambda: agent.ledger()["delivered"] >= 20_000, seconds=60, what="every target has arrived")
        centre.mode = "503"
        before = min(node.scrapes)
        held = eventually(lambda: min(node.scrapes) >= before + 4 and agent.ledger(), seconds=60, what="scrapes go on")
        assert held["queued"] >= 60_000
        centre.mode = "ok"
        eventually(lambda: agent.ledger()["delivered"] >= held["collected"], seconds=60, what="what was queued is delivered")
        books = agent.ledger()
        assert books["balanced"] and lost(books) == 0
        check_memory(agent, group)


def push(agent, begun, first, count):
    times = [begun + (first + index) * STEP * 1000 for index in range(count)]
    all_series = [((("__name__", "backlog"), ("i", str(number))), [(at, bits(float(at % 1000 + number))) for at in times])
                  for number in range(BACKLOG_SERIES)]
    headers = {"Content-Type": "application/x-protobuf", "Content-Encoding": "snappy", "X-Prometheus-Remote-Write-Version": "0.1.0"}
    with urllib.request.urlopen(urllib.request.Request(agent.write_url, request(all_series), headers), timeout=60) as got:
        assert got.status // 100 == 2


def test_a_days_backlog(tmp_path, group):
    """Taken in while the centre is away, found by a start, and sent: never more of it in memory than a few requests."""
    steps, batch = DAY // STEP, 60
    model = {"survive": "24h", "central": {"out_of_order_window": "28h"}, "storage": {"size": "512Mi"}, "alerts": {"queue_age": "1h"}}
    with Taking() as centre:
        centre.mode = "503"
        begun = round(time.time() * 1000) - DAY * 1000
        with agent_in(group, tmp_path / "agent", centre, model=model) as agent:
            for first in range(0, steps, batch):
                push(agent, begun, first, batch)
            taken = steps * BACKLOG_SERIES
            assert agent.ledger()["collected"] >= taken
            check_memory(agent, group)
            agent.kill()
            centre.mode = "ok"
            agent.start()
            eventually(lambda: agent.ledger()["delivered"] >= taken, seconds=120, what="the backlog is delivered")
            assert agent.ledger()["balanced"] and lost(agent.ledger()) == 0
            check_memory(agent, group)
