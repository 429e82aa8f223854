"""Asks an agent to compare itself with its centre, and says by other means what the two hold."""
import json
import subprocess
import time
import urllib.request

from support.binary import BINARY

from .processes import eventually, get


def post(url):
    """Status and body of a POST without a body."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, b"", method="POST"), timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def document(agent):
    status, body = get(f"{agent.url}/api/v1/gaps")
    assert status == 200, body
    return json.loads(body)["queues"][0]


def check(agent, seconds=60):
    """One check from its request to its end, and how long it took."""
    start = time.monotonic()
    status, body = post(f"{agent.url}/-/sync")
    assert status == 202, body
    number = json.loads(body)["queues"][0]["check"]

    def ended():
        last = document(agent)["last_check"]
        return last if last and last["number"] >= number else None

    report = eventually(ended, seconds=seconds, what=f"check {number} ends\n{agent.output()[-1000:]}")
    return report | {"took": round(time.monotonic() - start, 1)}


def held(agent):
    """Every number that the agent's disk holds: by all labels, {milliseconds: value}. Stale markers are left out, as no query shows them."""
    result = subprocess.run([BINARY, "queue", "export", agent.data], capture_output=True, timeout=120, check=True)
    found = {}
    for line in result.stdout.splitlines():
        one = json.loads(line)
        if one.get("bits") not in (None, "7ff0000000000002"):
            found.setdefault(tuple(sorted(one["labels"].items())), {})[one["timestamp"]] = float(one["value"])
    return found


def held_bits(folder, until):
    """The bits of every sample up to a time, in milliseconds, that a queue's folder holds: by all labels, {timestamp: bits}."""
    exported = subprocess.run([BINARY, "queue", "export", folder], capture_output=True, timeout=120, check=True)
    found = {}
    for one in map(json.loads, exported.stdout.splitlines()):
        if one["timestamp"] <= until:
            found.setdefault(tuple(sorted(one["labels"].items())), {})[one["timestamp"]] = int(one["bits"], 16)
    return found


def missing(agent, centre, window="6h"):
    """Samples that the agent's disk holds and the centre doesn't, and how many it holds."""
    there = {tuple(sorted(one["metric"].items())): {round(float(at) * 1000): float(value) for at, value in one["values"]}
             for one in centre.query('{__name__=~".+"}[' + window + "]")}
    own = held(agent)
    lacking = [(dict(labels), at) for labels, points in own.items() for at, value in points.items()
               if there.get(labels, {}).get(at) != value]
    return lacking, sum(map(len, own.values()))
