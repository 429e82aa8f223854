"""`rescfg run detector` against a centre, agents and an API server on loopback; and what it costs with fifty agents."""
import contextlib
import json
import os
import subprocess
import time

import pytest

from support.runtime.cluster_api import APIServer, FakeAgent
from support.runtime.fakes import Centre
from support.runtime.processes import eventually
from support.runtime.servers import Detector, Prometheus

# The specification's: request 50m and 64Mi, limit 100m and 128Mi (Resource Usage).
CPU_MAX = 0.05
MEMORY_MAX = 64 << 20


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


def test_costs_little_with_fifty_agents(tmp_path):
    """A status of each as large as a node's with 500 targets; asked every second, where the cluster asks every 30."""
    seconds = 10
    with contextlib.ExitStack() as stack:
        centre = stack.enter_context(Centre())
        agents = [stack.enter_context(FakeAgent(f"node-{index}", padding=500)) for index in range(50)]
        detector = stack.enter_context(Detector(tmp_path / "detector", f"http://{address(centre)}", [address(agent) for agent in agents]))
        eventually(lambda: detector.state()["agents_by_state"]["connected"] == 50, what="all agents are known")
        ticks, polls = cpu_seconds(detector.pid), detector.metrics()['rescfg_detector_agent_polls_total{result="success"}']
        time.sleep(seconds)
        used = cpu_seconds(detector.pid) - ticks
        polls = detector.metrics()['rescfg_detector_agent_polls_total{result="success"}'] - polls
        peak = peak_bytes(detector.pid)
    rounds = polls / 50
    print(f"{used / rounds * 1000:.1f} ms of CPU a round of 50 agents, {used / rounds / 30:.5f} cores at one round in 30 s, peak {peak >> 20} MiB")
    assert used / rounds / 30 < CPU_MAX and peak < MEMORY_MAX


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_bytes(pid):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) << 10 for line in file if line.startswith("VmHWM"))
