"""Runs the built binary as a user would: as a process, with nothing of the tester's environment that changes its answer."""
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
BINARY = Path(os.environ.get("RESCFG_BINARY") or REPOSITORY / ".build/release/rescfg")


@dataclass
class Ran:
    code: int
    stdout: bytes
    stderr: str

    def succeeded(self):
        assert self.code == 0, f"exit {self.code}\n{self.stderr}"
        return self


def rescfg(*arguments, cwd=None, stdin=None, environment=None, timeout=60):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("RESCFG_", "LC_", "LANG", "NO_COLOR"))}
    ran = subprocess.run([BINARY, *map(str, arguments)], cwd=cwd, input=stdin, env=clean | (environment or {}),
                         capture_output=True, timeout=timeout)
    return Ran(ran.returncode, ran.stdout, ran.stderr.decode("utf-8"))


def render(model, name, out, **options):
    """Renders `model` (a path) for the environment of that name into `out`."""
    return rescfg("render", "--config", model, "--env", name, "--out", out, **options)
