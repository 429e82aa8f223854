"""What `rescfg run agent` gives up of its rights before it does anything else."""
import os
import stat
from pathlib import Path

from support.runtime.fakes import Centre
from support.runtime.processes import eventually
from support.runtime.servers import Agent


def test_rights_are_given_up(tmp_path):
    former = os.umask(0)
    try:
        with Centre() as centre, Agent(tmp_path / "agent", f"http://127.0.0.1:{centre.port}", [f"127.0.0.1:{centre.port}"]) as agent:
            status = dict(line.split(":\t", 1) for line in Path(f"/proc/{agent.pid}/status").read_text().splitlines() if ":\t" in line)
            assert status["NoNewPrivs"] == "1"
            assert status["Umask"] == "0077"
            limits = {line[:26].strip(): line[26:].split()[:2] for line in Path(f"/proc/{agent.pid}/limits").read_text().splitlines()}
            assert limits["Max core file size"] == ["0", "0"]
            eventually(lambda: list(agent.data.glob("*.seg")), what="a segment")
            for path in [agent.data, *agent.data.rglob("*")]:
                assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
            assert "didn't let go" not in agent.output()
    finally:
        os.umask(former)
