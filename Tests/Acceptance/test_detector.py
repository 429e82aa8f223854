"""`rescfg run detector` against a centre, agents and an API server on loopback. What it needs with many agents is in test_operate_memory.py."""
import contextlib
import json
import subprocess
import time
from pathlib import Path

import pytest

from support.runtime.cluster_api import APIServer, FakeAgent
from support.runtime.fakes import Centre
from support.runtime.processes import eventually, free_port, get
from support.runtime.servers import TOOLS, Detector, Prometheus


def address(server):
    return f"127.0.0.1:{server.port}"


def changes(events):
    return [(event["from"], event["to"]) for event in events]


@pytest.fixture
def world(tmp_path):
    """A centre, three agents, an API server, and the folder of a service account."""
    account = tmp_path / "account"
    account.mkdir()
    (account / "token").write_text("first\n")
    with contextlib.ExitStack() as stack:
        centre = stack.enter_context(Centre())
        agents = [stack.enter_context(FakeAgent(f"node-{index}")) for index in range(3)]
        api = stack.enter_context(APIServer("first"))
        detector = Detector(tmp_path / "detector", f"http://{address(centre)}", [address(agent) for agent in agents],
                            arguments=["--kubernetes", f"http://{address(api)}", "--service-account", str(account)])
        yield centre, agents, api, account, detector


def test_partition_and_recovery(world):
    centre, agents, api, _, detector = world
    with detector:
        assert detector.events_path.read_bytes() == b""
        eventually(lambda: detector.state()["agents_by_state"]["connected"] == 3, what="all agents are known")
        assert detector.events() == []
        began = time.time()
        centre.mode = "503"
        event = eventually(lambda: next((it for it in detector.events("centre") if it["to"] == "partitioned"), None), what="a partition")
        # Health was 200 all the time: the write path says it.
        assert event["evidence"]["cause"] == "writes_failed" and event["detector"] == "detector-0" and event["node"] == "node-0"
        assert time.time() - began < 3 * 1 + 2
        eventually(lambda: json.loads(api.data["state.json"])["state"] == "partitioned", what="the ConfigMap says it")
        assert [agent.syncs for agent in agents] == [0, 0, 0]
        centre.mode = "ok"
        eventually(lambda: changes(detector.events("centre"))[-1:] == [("recovering", "connected")], what="the recovery")
        assert changes(detector.events("centre")) == [("connected", "suspect"), ("suspect", "partitioned"), ("partitioned", "recovering"), ("recovering", "connected")]
        eventually(lambda: all(agent.syncs for agent in agents), what="all agents are asked to look for gaps")
        eventually(lambda: len(api.events) >= 4, what="Events")
        assert [it["reason"] for it in api.events[:4]] == ["PathSuspect", "PathPartitioned", "PathRecovering", "PathConnected"]
        assert {it["involvedObject"]["name"] for it in api.events} == {"network-partition-detector"}
        assert api.events[1]["type"] == "Warning" and api.events[1]["reportingInstance"] == "detector-0"
        metrics = detector.metrics()
        assert metrics['rescfg_detector_sync_requests_total{result="accepted"}'] == 3
        assert metrics["rescfg_detector_events_total"] == len(detector.events())
        assert {it[2] for it in api.requests if it[0] == "PATCH"} == {"application/merge-patch+json"}
        assert detector.stop() == 0
    # The same lines on standard output, where `kubectl logs` shows them.
    for line in detector.events_path.read_text().splitlines():
        assert line in detector.output()


def test_agents_and_their_states(world):
    _, agents, _, _, detector = world
    agents[1].sync_status = 404
    with detector:
        eventually(lambda: detector.state()["agents_by_state"]["connected"] == 3, what="all agents are known")
        agents[0].state = agents[1].state = "partitioned"
        eventually(lambda: detector.state()["agents_by_state"]["partitioned"] == 2, what="they are seen")
        assert [it["node"] for it in detector.state()["not_connected"]] == ["node-0", "node-1"]
        agents[2].is_silent = True
        eventually(lambda: detector.state()["agents_by_state"]["unreachable"] == 1, what="the silent one is seen")
        agents[2].is_silent = False
        agents[0].state = agents[1].state = "connected"
        eventually(lambda: detector.state()["agents_by_state"]["connected"] == 3, what="all are back")
        eventually(lambda: agents[0].syncs == 1 and agents[1].syncs == 1, what="those that were cut off are asked")
        eventually(lambda: detector.output().count("can't be asked to look for gaps") == 1, what="the older one is mentioned")
        seen = sorted((it["node"], it["from"], it["to"], it["sequence"]) for it in detector.events("agent"))
        assert seen == [("node-0", "connected", "partitioned", 1), ("node-0", "partitioned", "connected", 2),
                        ("node-1", "connected", "partitioned", 1), ("node-1", "partitioned", "connected", 2),
                        ("node-2", "connected", "unreachable", 1), ("node-2", "unreachable", "connected", 2)]
        assert agents[2].syncs == 0
    assert "hunter2" not in detector.output()


def test_tokens_that_change_and_roles_that_forbid(world):
    centre, _, api, account, detector = world
    api.status = 403
    with detector:
        eventually(lambda: "ConfigMap" in detector.output(), what="the log says what is forbidden")
        centre.mode = "500"
        eventually(lambda: "Events" in detector.output(), what="and that Events are")
        assert changes(detector.events("centre"))[:1] == [("connected", "suspect")]
        assert detector.metrics()['rescfg_detector_kubernetes_reports_total{result="forbidden"}'] >= 2
    # Begun anew with another token, which then changes in place.
    api.status, api.token, centre.mode = None, "second", "ok"
    (account / "token").write_text("second")
    with detector:
        eventually(lambda: api.data.get("state") == "connected", what="the state is written")
        api.token = "third"
        (account / "token").write_text("third")
        centre.mode = "500"
        eventually(lambda: api.data["state"] == "partitioned", what="the renewed token is used")


def test_every_address_of_the_agents_name_is_an_agent(tmp_path):
    """As a headless Service has one for each pod."""
    port = free_port()
    addresses = [f"127.9.7.{number}" for number in range(1, 5)]
    with contextlib.ExitStack() as stack:
        centre = stack.enter_context(Centre())
        for number, host in enumerate(addresses[:3]):
            agent = FakeAgent(f"node-{number}")
            (agent.host, agent.port) = (host, port)
            stack.enter_context(agent)
        names = tmp_path / "hosts"
        names.write_text("".join(f"{host} agents.example\n" for host in addresses[:2]))
        detector = Detector(tmp_path / "detector", f"http://{address(centre)}", [f"agents.example:{port}"])
        # The names are the detector's alone.
        detector.arguments = ["unshare", "-Urm", "sh", "-c", f'mount --bind {names} /etc/hosts && exec "$0" "$@"', *detector.arguments]
        stack.enter_context(detector)
        eventually(lambda: detector.state()["agents_by_state"]["connected"] == 2, what="both are asked")
        # One pod is gone, one is new, and one is listed and not there yet.
        names.write_text("".join(f"{host} agents.example\n" for host in addresses[1:]))
        eventually(lambda: [(it["address"], it["to"]) for it in detector.events("agent")] and detector.state()["agents"] == 3, what="the list is followed")
        states = eventually(lambda: (found := detector.state()["agents_by_state"])["unreachable"] and found, what="the one that isn't there is missed")
        assert states["connected"] == 2
        lines = [(it["address"], it["from"], it["to"], it["evidence"]["cause"]) for it in detector.events("agent")]
        # Its server goes on answering: what counts is the list.
        assert (f"{addresses[0]}:{port}", "connected", "gone", "not_listed") in lines
        assert (f"{addresses[3]}:{port}", "unknown", "unreachable", "unanswered") in lines and len(lines) == 2, lines
        checked = subprocess.run([TOOLS / "promtool", "check", "metrics"], input=get(f"{detector.url}/metrics")[1], capture_output=True)
        assert checked.returncode == 0 and not checked.stderr, checked.stderr
        assert get(f"{detector.url}/-/healthy")[0] == get(f"{detector.url}/-/ready")[0] == 200


def test_a_full_disk_has_whole_lines(tmp_path):
    """The event log is on a disk of 4 KiB: what is there is whole, what isn't is counted, and standard output has it all."""
    disk = tmp_path / "disk"
    disk.mkdir()
    with contextlib.ExitStack() as stack:
        centre = stack.enter_context(Centre())
        agents = [stack.enter_context(FakeAgent(f"node-{index}")) for index in range(5)]
        detector = Detector(tmp_path / "detector", f"http://{address(centre)}", [address(agent) for agent in agents])
        place = detector.arguments.index("--events") + 1
        detector.arguments[place] = str(disk / "events.log")
        detector.arguments = ["unshare", "-Urm", "sh", "-c", f'mount -t tmpfs -o size=4k tmpfs {disk} && exec "$0" "$@"', *detector.arguments]
        with detector:
            # Seen from inside its mount namespace.
            inside = Path(f"/proc/{detector.pid}/root{disk}/events.log")
            assert inside.read_bytes() == b""
            eventually(lambda: detector.state()["agents_by_state"]["connected"] == 5, what="the agents are known")

            def full():
                if detector.state()["agents_by_state"][agents[0].state] == 5:
                    for agent in agents:
                        agent.state = "suspect" if agent.state == "connected" else "connected"
                return detector.metrics()["rescfg_detector_events_omitted_total"] >= 2

            eventually(full, seconds=40, what="the disk is full")
            kept = inside.read_text()
            lines = kept.splitlines()
            assert len(kept) > 2048 and kept.endswith("\n") and sorted(json.loads(line)["sequence"] for line in lines) == sorted(
                1 + index // 5 for index in range(len(lines)))
            metrics = detector.metrics()
            written, omitted = metrics["rescfg_detector_events_total"], metrics["rescfg_detector_events_omitted_total"]
            assert written == len(lines)
            shown = [line for line in detector.output().splitlines() if line.startswith("{")]
            assert len(shown) >= written + omitted and shown[:len(lines)] == lines


def test_an_empty_write_is_taken_by_prometheus(tmp_path):
    with Prometheus(tmp_path / "prometheus") as prometheus, \
            Detector(tmp_path / "detector", prometheus.url, []) as detector:
        written = f'rescfg_detector_write_checks_total{{url="{prometheus.url}/api/v1/write",result="success"}}'
        eventually(lambda: detector.metrics()[written] >= 2, what="empty writes are taken")
        assert detector.events() == []
        prometheus.kill()
        eventually(lambda: changes(detector.events("centre"))[-1:] == [("suspect", "partitioned")], what="a partition")


def test_what_keeps_it_from_starting(tmp_path):
    detector = Detector(tmp_path / "detector", "http://127.0.0.1:1", [])
    detector.arguments[detector.arguments.index("--events") + 1] = str(tmp_path / "missing/events.log")
    ran = subprocess.run(detector.arguments, env=detector.environment, capture_output=True, text=True, timeout=20)
    assert ran.returncode == 2 and "--events" in ran.stderr
    detector.arguments[detector.arguments.index("--agents") + 1] = "no port"
    ran = subprocess.run(detector.arguments, env=detector.environment, capture_output=True, text=True, timeout=20)
    assert ran.returncode == 2 and "--agents" in ran.stderr
