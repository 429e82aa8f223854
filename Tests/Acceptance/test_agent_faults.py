"""Calls of a running agent fail for a while: nothing is acknowledged that it doesn't hold, it says so, and it goes on when they work again."""
import mmap
import os
import struct
import subprocess
import time
from contextlib import contextmanager

import pytest

from support.binary import REPOSITORY
from support.runtime.fakes import Centre, Target
from support.runtime.processes import eventually
from support.runtime.servers import Agent
from support.spool import check_books
from test_agent_kills import Pusher, arrived

# As Tests/Programs/FaultShim/live.c numbers them.
SYNC_EIO, WRITE_ENOSPC, EINTR, SHORT_WRITE, ACCEPT_EMFILE, SOCKET_EMFILE = range(6)
DEGRADED = 'rescfg_queue_degraded'


@pytest.fixture(scope="session")
def shim(tmp_path_factory):
    library = tmp_path_factory.mktemp("live") / "live.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, REPOSITORY / "Tests/Programs/FaultShim/live.c", "-ldl"], check=True)
    return library


class Faults:
    """The other side of the shim."""

    def __init__(self, path):
        path.write_bytes(bytes(128))
        self.path = path
        with open(path, "r+b") as file:
            self.control = mmap.mmap(file.fileno(), 128)

    @contextmanager
    def of(self, fault):
        self.control[fault] = 1
        try:
            yield
        finally:
            self.control[fault] = 0

    def struck(self, fault):
        return struct.unpack_from("<Q", self.control, 64 + 8 * fault)[0]


@contextmanager
def agent_under(shim, folder, centre, targets=()):
    folder.mkdir(exist_ok=True)
    faults = Faults(folder / "control")
    agent = Agent(folder / "agent", f"http://127.0.0.1:{centre.port}", targets, model={"queue": {"durability": "always"}})
    agent.environment |= {"LD_PRELOAD": str(shim), "SHIM_CONTROL": str(faults.path)}
    with agent:
        yield agent, faults


def of_queue(agent, name):
    return sum(value for key, value in agent.metrics().items() if key.split("{")[0] == name)


def goes_on(agent, pusher, centre):
    """Pushes are acknowledged again, all of them are at the centre, and the books balance."""
    before = len(pusher.acknowledged)
    eventually(lambda: len(pusher.acknowledged) >= before + 5, what=f"pushes are acknowledged again\n{agent.output()[-2000:]}")
    acknowledged = set(pusher.acknowledged)
    eventually(lambda: acknowledged <= arrived(centre), what="everything acknowledged is at the centre")
    assert agent.is_running()
    books = agent.ledger()
    assert books["balanced"] and sum(books["rejected"].values()) == 0
    return books


@pytest.mark.parametrize("fault", [SYNC_EIO, WRITE_ENOSPC])
def test_a_disk_that_takes_nothing(shim, fault, tmp_path):
    with Centre() as centre, agent_under(shim, tmp_path, centre) as (agent, faults), Pusher(agent.write_url) as pusher:
        eventually(lambda: len(pusher.acknowledged) >= 5, what="pushes are acknowledged")
        with faults.of(fault):
            eventually(lambda: of_queue(agent, DEGRADED) == 1, what="the metric says that the disk takes nothing")
            # One may have been on its way when the fault began.
            count, refused = len(pusher.acknowledged), len(pusher.refusals)
            eventually(lambda: len(pusher.refusals) >= refused + 2, what="pushes are refused")
            assert len(pusher.acknowledged) == count and set(pusher.refusals) == {503}
            assert faults.struck(fault) > 0 and of_queue(agent, "rescfg_queue_write_failures_total") > 0
            assert "the disk takes nothing" in agent.output()
        goes_on(agent, pusher, centre)
        assert of_queue(agent, DEGRADED) == 0 and "the disk takes samples again" in agent.output()
    agent.stop()
    check_books(agent.data)


def test_what_is_acknowledged_amid_faults_survives_a_kill(shim, tmp_path):
    """A sync that fails now and then, and SIGKILL: the centre was away, so the disk alone has what was acknowledged."""
    with Centre() as centre:
        centre.mode = "503"
        with agent_under(shim, tmp_path, centre) as (agent, faults), Pusher(agent.write_url) as pusher:
            for _ in range(4):
                with faults.of(SYNC_EIO):
                    struck = faults.struck(SYNC_EIO)
                    eventually(lambda: faults.struck(SYNC_EIO) > struck, what="a sync fails")
                least = len(pusher.acknowledged) + 3
                eventually(lambda: len(pusher.acknowledged) >= least, what="pushes are acknowledged again")
            agent.kill()
            pusher.stopped.set()
        check_books(agent.data)
        centre.mode = "ok"
        with agent:
            eventually(lambda: set(pusher.acknowledged) <= arrived(centre), what="everything acknowledged is at the centre")


@pytest.mark.parametrize("fault", [EINTR, SHORT_WRITE])
def test_what_a_call_may_do_any_time_is_no_failure(shim, fault, tmp_path):
    with Centre() as centre, agent_under(shim, tmp_path, centre) as (agent, faults), faults.of(fault), Pusher(agent.write_url) as pusher:
        eventually(lambda: len(pusher.acknowledged) >= 50 and faults.struck(fault) > 50, what="pushes are acknowledged")
        books = goes_on(agent, pusher, centre)
        assert sum(books["dropped"].values()) == 0 and of_queue(agent, "rescfg_queue_write_failures_total") == 0
        assert pusher.refusals == []
    agent.stop()
    check_books(agent.data)


def test_no_descriptor_for_clients(shim, tmp_path):
    with Centre() as centre, agent_under(shim, tmp_path, centre) as (agent, faults), Pusher(agent.write_url) as pusher:
        eventually(lambda: len(pusher.acknowledged) >= 5, what="pushes are acknowledged")
        ticks = os.sysconf("SC_CLK_TCK")
        with faults.of(ACCEPT_EMFILE):
            eventually(lambda: faults.struck(ACCEPT_EMFILE) >= 2, what="accept fails")
            before, begun, struck = busy(agent.pid), time.monotonic(), faults.struck(ACCEPT_EMFILE)
            # Long enough that a tick of the clock is a small share of it.
            time.sleep(3)
            struck = faults.struck(ACCEPT_EMFILE) - struck
            share = (busy(agent.pid) - before) / ticks / (time.monotonic() - begun)
            assert 2 <= struck < 30, f"accept was tried {struck} times in three seconds"
            assert share < 0.5, f"waiting for descriptors takes {share} of a processor"
        goes_on(agent, pusher, centre)
        assert agent.metrics()['rescfg_limit_hits_total{limit="connections"}'] > 0
        assert "connection too many" in agent.output()


def busy(pid):
    with open(f"/proc/{pid}/stat") as stat:
        words = stat.read().rsplit(")", 1)[1].split()
    return int(words[11]) + int(words[12])


def test_no_descriptor_for_the_centre(shim, tmp_path):
    with Centre() as centre, Target(5) as target, agent_under(shim, tmp_path, centre, [f"127.0.0.1:{target.port}"]) as (agent, faults):
        eventually(lambda: agent.ledger()["delivered"] > 0, what="samples arrive")
        # Whatever is open is closed, so that there is something to be opened anew.
        centre.mode = "reset"
        with faults.of(SOCKET_EMFILE), Pusher(agent.write_url) as pusher:
            eventually(lambda: faults.struck(SOCKET_EMFILE) >= 2 and len(pusher.acknowledged) >= 5, what="a connection can't be made, and pushes are taken")
            centre.mode = "ok"
            eventually(lambda: "request failed" in agent.output(), what="the log says so")
            assert agent.ledger()["queued"] > 0
        with Pusher(agent.write_url) as other:
            eventually(lambda: set(pusher.acknowledged) <= arrived(centre), what="everything acknowledged is at the centre")
            goes_on(agent, other, centre)
            assert sum(agent.ledger()["dropped"].values()) == 0
