"""`rescfg queue`: what it says of a directory, and that looking changes nothing."""
import json
import os
import re
import shutil
import struct
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from support.binary import BINARY, REPOSITORY, rescfg
from support.spool import check_books, check_samples, exported, listing, verification, write, writer

PROMTOOL = REPOSITORY / ".tools/bin/promtool"
CORPUS = REPOSITORY / "Tests/SpoolTests/Corpus/version1"
HEADER, FIRST = 64, "0000000000000001.seg"


@pytest.fixture(scope="session")
def full(tmp_path_factory):
    """Several segments, some of it delivered, all of it sealed."""
    place = tmp_path_factory.mktemp("queue") / "q"
    write(place, "--commits", 3000, "--settle", "--cap", 400_000).check_returncode()
    return place


@pytest.fixture
def queue(full, tmp_path):
    shutil.copytree(full, tmp_path / "q")
    return tmp_path / "q"


def contents(directory):
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def flip(path, *offsets):
    data = bytearray(path.read_bytes())
    for offset in offsets:
        data[offset] ^= 0x10
    path.write_bytes(data)


def test_list_agrees_with_the_files(queue):
    listed = listing(queue)
    files = sorted(path.name for path in queue.glob("*.seg"))
    assert [it["name"] for it in listed["segments"]] == files and len(files) > 3
    assert [it["bytes"] for it in listed["segments"]] == [(queue / name).stat().st_size for name in files]
    assert all(it["sealed"] for it in listed["segments"])
    assert listed["total"]["records"] == 3000 and listed["total"]["samples"] == 30_000
    [central] = listed["destinations"]
    assert (central["collected"], central["delivered"], central["queued"]) == (30_000, 18_000, 12_000)
    assert listed["holder"] is None
    text = rescfg("queue", "ls", queue).succeeded().stdout.decode()
    for segment in listed["segments"]:
        assert re.search(rf"^{segment['name']} .* {segment['records']} +{segment['samples']}  sealed$", text, re.M), text


def test_looking_writes_nothing(queue):
    before = contents(queue)
    for command in (["ls"], ["verify"], ["repair"], ["export"]):
        rescfg("queue", *command, queue).succeeded()
    assert contents(queue) == before


def test_directory_is_not_made(tmp_path):
    for command in ("ls", "verify", "repair", "export"):
        ran = rescfg("queue", command, tmp_path / "none")
        assert (ran.code, ran.stdout) == (2, b"") and "none can't be read: No such file" in ran.stderr
    assert not (tmp_path / "none").exists()


def test_empty_directory_is_fine(tmp_path):
    assert rescfg("queue", "verify", tmp_path).code == 0
    assert rescfg("queue", "export", tmp_path).succeeded().stdout == b""


def test_one_hit_place_is_found_and_mended(queue):
    whole = contents(queue)
    for offset in (10, HEADER + 3, 5000, 20_011):
        flip(queue / FIRST, offset)
        [found] = verification(queue)["findings"]
        assert (found["kind"], found["file"], found["repair"]) == ("mendable", FIRST, "mend")
        assert found["offset"] <= offset < found["offset"] + found["bytes"]
        assert found["cost"]["samples"] == 0
        assert rescfg("queue", "repair", queue).code == 1
        assert contents(queue) != whole, "without --write nothing is written"
        rescfg("queue", "repair", "--write", "--discard-damaged", queue).succeeded()
        assert contents(queue) | {"LOCK": b""} == whole | {"LOCK": b""}
    assert verification(queue)["findings"] == []


def test_repair_keeps_the_damaged_file(queue):
    flip(queue / FIRST, 5000)
    damaged = (queue / FIRST).read_bytes()
    for copy in (f"{FIRST}.damaged", f"{FIRST}.damaged.1"):
        rescfg("queue", "repair", "--write", queue).succeeded()
        assert (queue / copy).read_bytes() == damaged
        flip(queue / FIRST, 5000)


def test_a_bit_without_parity_is_mended(tmp_path):
    """A segment as a kill leaves it, and one wrong bit in its first definitions, on which everything else leans."""
    write(tmp_path / "q", "--commits", 5).check_returncode()
    path = tmp_path / "q" / FIRST
    data, end = path.read_bytes(), HEADER
    while data[end + 4] != 3:
        end += 48 + int.from_bytes(data[end + 8:end + 12], "little")
    os.truncate(path, end)
    whole = path.read_bytes()
    flip(path, HEADER + 68)
    report = verification(tmp_path / "q")
    [found] = report["findings"]
    assert (found["kind"], found["offset"], found["repair"]) == ("mendable", HEADER + 68, "mend") and report["total"]["samples"] == 50
    rescfg("queue", "repair", "--write", "--discard-damaged", tmp_path / "q").succeeded()
    assert path.read_bytes() == whole


def test_damage_beyond_parity_is_priced(queue):
    total = verification(queue)["total"]["samples"]
    path = queue / FIRST
    data = bytearray(path.read_bytes())
    data[8192:28_672] = bytes(20_480)
    path.write_bytes(data)
    report = verification(queue)
    lost = sum(it["cost"]["samples"] for it in report["findings"])
    assert lost == report["total"]["lost_samples"] == total - report["total"]["samples"] > 0
    [found] = [it for it in report["findings"] if it["cost"]["samples"]]
    assert found["kind"] == "damaged" and found["cost"]["series"] > 0 and found["cost"]["from"] < found["cost"]["to"]
    assert found["cost"]["examples"][0].startswith("test_total{")
    readable = exported(queue)
    assert len(readable) == total - lost
    # Writing back what there is takes away nothing of what could be read.
    ran = rescfg("queue", "repair", "--write", queue)
    assert ran.code == 0
    assert exported(queue) == readable


def test_missing_segment_is_priced(queue):
    third = listing(queue)["segments"][2]
    (queue / third["name"]).unlink()
    [found] = verification(queue)["findings"]
    assert (found["kind"], found["cost"]["records"], found["cost"]["samples"]) == ("missing", third["records"], third["samples"])


def test_damaged_cursor_slot_is_written_anew(queue):
    flip(queue / "central.cursor", 30)
    [found] = verification(queue)["findings"]
    assert (found["kind"], found["offset"], found["repair"]) == ("damaged-slot", 0, "rewrite-cursor")
    rescfg("queue", "repair", "--write", queue).succeeded()
    assert verification(queue)["findings"] == []
    flip(queue / "central.cursor", 30, 4096 + 30)
    [found] = verification(queue)["findings"]
    assert found["kind"] == "lost-cursor"
    assert listing(queue)["destinations"][0]["queued"] == 30_000


def test_cursor_of_another_queue_is_not_believed(queue):
    shutil.copy(CORPUS / "central.cursor", queue / "central.cursor")
    write(queue, "--commits", 1).check_returncode()
    check_books(queue)


def test_later_version_is_named_and_left(queue):
    path = queue / FIRST
    data = bytearray(path.read_bytes())
    struct.pack_into("<H", data, 10, 9)
    data[60:64] = struct.pack("<I", crc32c(data[:60]))
    path.write_bytes(data)
    found = verification(queue)["findings"][0]
    assert found["kind"] == "newer-format" and "9" in found["message"]
    ran = rescfg("queue", "repair", "--write", queue)
    assert ran.code == 2 and "later version" in ran.stderr
    assert path.read_bytes() == data


def crc32c(data):
    crc = 0xffffffff
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
    return crc ^ 0xffffffff


def test_works_beside_a_running_process(tmp_path):
    process = subprocess.Popen([writer(), tmp_path / "q", "--settle"], stdout=subprocess.PIPE, text=True)
    try:
        for _ in range(20):
            process.stdout.readline()
        reader = threading.Thread(target=lambda: [None for _ in process.stdout], daemon=True)
        reader.start()
        for _ in range(10):
            check_books(tmp_path / "q")
            check_samples(exported(tmp_path / "q"))
        listed = listing(tmp_path / "q")
        assert listed["holder"] == process.pid
        refused = rescfg("queue", "repair", "--write", tmp_path / "q")
        assert refused.code == 2 and f"in use by process {process.pid}" in refused.stderr
    finally:
        process.kill()
        process.wait()


def test_export_filters(queue):
    every = exported(queue)
    assert len(every) == 30_000
    check_samples(every)
    some = exported(queue, "--from", "1970-01-01T00:10:00Z", "--to", "1200.5", "--match", 'test_total{number="3"}')
    assert some == [it for it in every if 600_000 <= it["timestamp"] <= 1_200_500 and it["labels"]["number"] == "3"]
    assert exported(queue, "--from", "1970-01-01T00:10:00Z", "--to", "1200.5", "--match", '{number=~"3|none"}') == some
    both = exported(queue, "--match", 'test_total{number="3"}', "--match", '{number="4",__name__!="x"}')
    assert both == [it for it in every if it["labels"]["number"] in "34"]
    unsent = exported(queue, "--destination", "central")
    assert unsent == every[18_000:]


@pytest.mark.parametrize("flags, says", [
    (["--from", "noon"], "--from can't be 'noon'"), (["--to", "2026-02-30T00:00:00Z"], "--to can't be"),
    (["--from", "10", "--to", "9"], "--from is later"), (["--match", "up{job=x}"], "--match:1:8: error"),
    (["--match", "{}"], "selects everything"), (["--match", "up[5m]"], "--from and --to"), (["--destination", "centrl"], "it has central"),
])
def test_wrong_usage_says_what_to_do(queue, flags, says):
    ran = rescfg("queue", "export", *flags, queue)
    assert ran.code == 2 and ran.stdout == b"" and says in ran.stderr and "help:" in ran.stderr


def test_values_are_exact(tmp_path):
    shutil.copytree(CORPUS, tmp_path / "q")
    samples = exported(tmp_path / "q")
    assert len(samples) == 120
    for it in samples:
        bits = struct.unpack("<d", struct.pack("<Q", int(it["bits"], 16)))[0]
        assert (it["value"] == "NaN") if bits != bits else struct.pack("<d", it["value"]) == struct.pack("<d", bits)
    assert {it["bits"] for it in samples} >= {"7ff0000000000002", "7ff8000000000007"}


def test_openmetrics_is_read_by_prometheus(queue, tmp_path):
    text = rescfg("queue", "export", "--format", "openmetrics", "--match", 'test_total{number="3"}', queue).succeeded().stdout
    (tmp_path / "samples.txt").write_bytes(text)
    made = subprocess.run([PROMTOOL, "tsdb", "create-blocks-from", "openmetrics", tmp_path / "samples.txt", tmp_path / "tsdb"], capture_output=True)
    assert made.returncode == 0, made.stderr
    blocks = subprocess.run([PROMTOOL, "tsdb", "list", tmp_path / "tsdb"], capture_output=True, text=True, check=True).stdout
    held = sum(int(line.split()[4]) for line in blocks.splitlines()[1:])
    assert held == text.count(b"\n") - 1 == 1500, blocks


@pytest.mark.parametrize("command", ["ls", "verify", "export"])
def test_standard_output_that_takes_nothing(queue, command):
    flip(queue / FIRST, 5000)
    full = subprocess.run(["sh", "-c", f"{BINARY} queue {command} {queue} > /dev/full"], capture_output=True, text=True)
    assert full.returncode == 2 and "standard output can't be written: No space left" in full.stderr
    gone = subprocess.run(["bash", "-c", f"{BINARY} queue export {queue} | head -c 1 > /dev/null; exit ${{PIPESTATUS[0]}}"], capture_output=True, text=True)
    assert (gone.returncode, gone.stderr) == (141, "")


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        status, text, headers = self.server.answer(len(self.server.bodies))
        if status == 204:
            self.server.bodies.append((body, dict(self.headers)))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


@pytest.fixture
def receiver():
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    server.bodies, server.answer = [], lambda count: (204, b"", {})
    server.url = f"http://127.0.0.1:{server.server_port}/api/v1/write"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def replay(queue, receiver, *flags):
    ran = rescfg("queue", "replay", "--format", "json", "--to", receiver.url, *flags, queue)
    return ran.code, json.loads(ran.stdout), ran


def test_replay_sends_all_and_leaves_the_cursor(queue, receiver):
    before = contents(queue)
    code, summary, _ = replay(queue, receiver)
    assert (code, summary["delivered"], summary["rejected"], summary["failure"]) == (0, 30_000, 0, None)
    assert contents(queue) == before
    headers = {name.lower(): value for name, value in receiver.bodies[0][1].items()}
    assert headers["content-encoding"] == "snappy" and headers["x-prometheus-remote-write-version"] == "0.1.0"
    assert headers["content-type"] == "application/x-protobuf" and headers["user-agent"].startswith("rescfg/")
    receiver.bodies.clear()
    code, summary, _ = replay(queue, receiver, "--destination", "central", "--match", 'test_total{number="3"}', "--until", 2500)
    assert (code, summary["delivered"]) == (0, 350)


def test_replay_tries_again(queue, receiver):
    answers = iter([(503, b"", {}), (429, b"", {"Retry-After": "0"}), (500, b"", {})])
    receiver.answer = lambda count: next(answers, (204, b"", {}))
    code, summary, _ = replay(queue, receiver, "--until", 3)
    assert (code, summary["delivered"], summary["retries"]) == (0, 30, 3)


def test_replay_isolates_what_is_refused(queue, receiver):
    refusals = iter([True, True, False, True, True, True])
    receiver.answer = lambda count: (400, b"out of bounds", {}) if next(refusals, False) else (204, b"", {})
    code, summary, ran = replay(queue, receiver, "--until", 1)
    # 10 refused, its first 5 refused; of those 2 taken; 3 refused, 1 refused for good, 2 refused and then taken one by one.
    assert (code, summary["delivered"], summary["rejected"]) == (1, 9, 1), ran
    assert summary["rejection"] == "HTTP 400: out of bounds"


def test_replay_gives_up(queue, receiver):
    receiver.answer = lambda count: (503, b"closed", {})
    code, summary, _ = replay(queue, receiver, "--tries", 2)
    assert (code, summary["delivered"]) == (2, 0) and "HTTP 503: closed, 2 times" in summary["failure"]
    receiver.answer = lambda count: (401, b"who are you", {})
    code, summary, _ = replay(queue, receiver)
    assert code == 2 and summary["requests"] == 1 and "401" in summary["failure"]


def test_replay_wants_an_address(queue):
    for flags in ([], ["--to", "central:9090"]):
        ran = rescfg("queue", "replay", *flags, queue)
        assert ran.code == 2 and "--to can't be" in ran.stderr


def test_replay_token_comes_from_a_file(queue, receiver, tmp_path):
    (tmp_path / "token").write_text("geheim\n")
    assert replay(queue, receiver, "--until", 1, "--bearer-token-file", tmp_path / "token")[0] == 0
    assert receiver.bodies[0][1]["Authorization"] == "Bearer geheim"
