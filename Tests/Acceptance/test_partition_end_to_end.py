"""A partition from beginning to end, and a centre that lost its disk: everything as rendered, on real servers, each on a host of its own.

Hosts are network namespaces behind a bridge, nftables cuts; a kernel that lets an ordinary user have them is all it takes.
"""
import json
import subprocess
import sys

from support.binary import REPOSITORY
from support.runtime import partition_scenario as scenario

SCENARIO = REPOSITORY / "Tests/Acceptance/support/runtime/partition_scenario.py"
CHANGES = [["connected", "suspect"], ["suspect", "partitioned"], ["partitioned", "recovering"], ["recovering", "connected"]]
# The specification's figure, threshold times interval, and what the last check may take.
DETECTION = scenario.THRESHOLD * scenario.INTERVAL + 0.5


def test_a_partition_is_seen_told_and_made_up_for(tmp_path, capsys):
    ran = subprocess.run(["unshare", "-Urnm", sys.executable, SCENARIO, tmp_path], capture_output=True, text=True, timeout=240)
    assert ran.returncode == 0, ran.stderr[-4000:] + logs(tmp_path)
    report = json.loads(ran.stdout)
    with capsys.disabled():
        print("\n" + "\n".join(table(report)))
    # The machine's own share is added to each.
    assert report["detector says partitioned"] <= DETECTION + 2
    assert report["the agent's alert is at Alertmanager"] <= DETECTION + 5
    assert report["the node's own answer is as old as"] < 5
    assert report["events"] == CHANGES
    # The detector asks once an interval: what lasts shorter may pass unseen.
    seen = report["events of the agent"]
    assert seen[-1][1] == "connected" and "partitioned" in [after for _, after in seen] and all(a[1] == b[0] for a, b in zip(seen, seen[1:])), seen
    assert report["queued samples"] >= scenario.SERIES * 10
    # Fresh ones did not wait for the rest.
    assert report["queued when fresh samples came"] > 0
    assert report["scrapes missing at the centre"] == 0 and report["lost"] == 0 and report["balanced"]
    assert report["detector's exit code"] == 0

    after = report["sync after the partition"]
    assert after["code"] == 0 and after["result"] == "complete", after
    assert after["samples_replayed"] == after["gaps_filled"] == after["gaps_pending"] == after["gaps_unfillable"] == 0 < after["samples_compared"], after
    refill = report["sync after the loss"]
    assert report["missing after the loss"] > refill["delivered before"] / 2, "the loss is one"
    assert refill["code"] == 0 and refill["result"] == "complete" and refill["node"] == "node-1", refill
    assert refill["gaps_filled"] > 0 == refill["gaps_pending"] == refill["gaps_unfillable"] == refill["gaps_denied"] < refill["gaps_verified"], refill
    assert refill["samples_replayed"] >= refill["delivered before"], refill
    assert report["missing after the refill"] == report["at the centre alone"] == 0
    again = report["sync after the refill"]
    assert again["code"] == 0 and again["result"] == "complete" and again["samples_replayed"] == 0, again


def table(report):
    def seconds(name):
        return f"{report[name]:.1f} s"

    backlog = report["queued when fresh samples came"]
    refill = report["sync after the loss"]
    threshold, interval = scenario.THRESHOLD, scenario.INTERVAL
    rows = [
        ("", "specification", "measured"),
        ("detection", f"{threshold} x {interval} s (in a cluster 3 x 30 s)", seconds("detector says partitioned")),
        ("the agent's alert at Alertmanager", "as the path changes", seconds("the agent's alert is at Alertmanager")),
        ("AgentSilent of the centre", "5 s behind the last sample and 5 s (in a cluster 5 min and 10 min)", seconds("the centre's rule for each node fires")),
        ("AllAgentsSilent of the centre", "10 s (in a cluster 10 min)", seconds("the centre's dead man's switch fires")),
        ("fresh samples after the restoration", "before the backlog", f"{seconds('fresh samples are at the centre')}, {backlog} others waiting"),
        ("path connected again", f"2 x {interval} s", seconds("detector says connected")),
        ("backlog sent", f"{backlog / scenario.DRAIN_RATE:.1f} s at {scenario.DRAIN_RATE}/s", seconds("the backlog is sent")),
        ("alerts resolved", "", seconds("all alerts are resolved")),
        ("gaps after the partition", "0", f"0 in {report['sync after the partition']['samples_compared']} samples"),
        ("refill after the loss of the centre's data", "100 %",
         f"{report['held up to the loss'] - report['missing after the refill']} of {report['held up to the loss']} samples to the bit, {refill['seconds']:.1f} s"),
    ]
    return [f"  {name:<44}{said:<70}{seen}" for name, said, seen in rows]


def logs(folder):
    return "".join(f"\n{file}:\n{file.read_text('utf-8', errors='replace')[-1500:]}" for file in sorted(folder.rglob("log")))
