"""The whole agent between a pusher that keeps account of its 2xx and a centre that does so of its samples, killed again and again.

RESCFG_AGENT_KILLS: how often (30).
"""
import os
import random
import threading
import time
import urllib.error
import urllib.request

import pytest

from support.runtime.fakes import Centre
from support.runtime.processes import eventually
from support.runtime.remote_write import bits, request
from support.runtime.servers import Agent
from support.spool import listing, verification

KILLS = int(os.environ.get("RESCFG_AGENT_KILLS", 30))
SERIES = 5


class Pusher:
    """Pushes one request after the other, as a collector does: the next once this one was answered. What it isn't sure of it pushes again."""

    def __init__(self, url):
        self.url = url
        self.acknowledged = []
        self.refusals = []
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        number = 0
        begun = round(time.time() * 1000) - 600_000
        while not self.stopped.is_set():
            number += 1
            body = request([((("__name__", "test_pushed"), ("i", str(index))), [(begun + number, bits(float(number * 100 + index)))])
                            for index in range(SERIES)])
            while not self.stopped.is_set():
                if self.push(body):
                    self.acknowledged.append(number)
                    break
                self.stopped.wait(0.01)

    def push(self, body):
        headers = {"Content-Type": "application/x-protobuf", "Content-Encoding": "snappy", "X-Prometheus-Remote-Write-Version": "0.1.0"}
        try:
            with urllib.request.urlopen(urllib.request.Request(self.url, body, headers), timeout=10) as answer:
                return answer.status // 100 == 2
        except urllib.error.HTTPError as error:
            self.refusals.append(error.code)
            return False
        except OSError:
            return False

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.thread.join(20)


def arrived(centre):
    """Numbers of the requests of which all samples are at the centre."""
    values = {value for samples in centre.of("test_pushed").values() for _, value in samples}
    return {number for number in range(1, len(values) // SERIES + 2)
            if all(bits(float(number * 100 + index)) in values for index in range(SERIES))}


@pytest.mark.parametrize("durability", ["always", "interval"])
def test_every_acknowledged_push_arrives(durability, tmp_path):
    seed = random.randrange(1 << 32)
    print(f"{KILLS // 2} kills, seed {seed}")
    dice = random.Random(seed)
    with Centre() as centre:
        agent = Agent(tmp_path / "agent", f"http://127.0.0.1:{centre.port}", model={"queue": {"durability": durability}})
        with Pusher(agent.write_url) as pusher:
            try:
                for _ in range(KILLS // 2):
                    centre.mode = dice.choice(["ok", "ok", "503", "reset"])
                    before = len(pusher.acknowledged)
                    # Without waiting for it to be ready: some of these are ended while they start.
                    super(Agent, agent).start()
                    if dice.random() < 0.8:
                        least = before + dice.randrange(1, 30)
                        eventually(lambda: len(pusher.acknowledged) >= least, interval=0.005, what=f"pushes are acknowledged\n{agent.output()}")
                    time.sleep(dice.random() * 0.1)
                    assert agent.is_running(), agent.output()
                    agent.kill()
            finally:
                agent.kill()
            centre.mode = "ok"
        with agent:
            acknowledged = set(pusher.acknowledged)
            assert len(acknowledged) > KILLS and set(pusher.refusals) <= {503}
            eventually(lambda: acknowledged <= arrived(centre), what=f"everything acknowledged is at the centre, seed {seed}")
            books = agent.ledger()
            assert books["balanced"] and sum(books["dropped"].values()) + sum(books["rejected"].values()) == 0
            print(f"{len(acknowledged)} requests acknowledged, all at the centre")


def test_what_the_descriptor_is_told_survives_a_kill(tmp_path):
    """`--ack-fd`: each line says below which record everything is durable."""
    reader, writer = os.pipe()
    with Centre() as centre:
        centre.mode = "503"
        agent = Agent(tmp_path / "agent", f"http://127.0.0.1:{centre.port}", model={"queue": {"durability": "always"}},
                      arguments=("--ack-fd", writer))
        agent.options = {"pass_fds": [writer]}
        with agent, Pusher(agent.write_url) as pusher:
            eventually(lambda: len(pusher.acknowledged) >= 50, what="pushes are acknowledged")
            agent.kill()
            count = len(pusher.acknowledged)
    os.close(writer)
    with open(reader) as told:
        lines = told.read().split("\n")
    assert lines.pop() == "", "the last line is whole: a line is one write"
    numbers = [int(line) for line in lines]
    assert numbers == sorted(set(numbers)) and len(numbers) > 10
    listed = listing(agent.data)
    assert listed["total"]["records"] >= numbers[-1] - 1 >= count
    assert verification(agent.data)["findings"] == []
