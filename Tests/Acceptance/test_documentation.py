"""What README.md and docs/ show is what happens: each console block is run, and its output compared.

A ```console block has commands after `$ ` and what they print. It runs in a fresh copy of examples/, with the built
binary and the real servers on PATH. A line `...` in the output stands for any lines. ```sh blocks are commands without output; they must succeed.
Commands that need a cluster are in ```text blocks.
"""
import os
import re
import shutil
import subprocess

import pytest

from support.binary import BINARY, REPOSITORY

DOCUMENTS = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md")), *sorted((REPOSITORY / "examples").rglob("*.md"))]


def blocks(language):
    for document in DOCUMENTS:
        text = document.read_text("utf-8")
        for match in re.finditer(rf"^```{language}\n(.*?)^```$", text, re.M | re.S):
            line = text[:match.start()].count("\n") + 1
            yield pytest.param(match[1], id=f"{document.relative_to(REPOSITORY)}:{line}")


@pytest.fixture
def sandbox(tmp_path):
    shutil.copytree(REPOSITORY / "examples", tmp_path / "examples")
    for name in ("Makefile", "scripts"):
        (tmp_path / name).symlink_to(REPOSITORY / name)
    return tmp_path


def run(command, directory):
    environment = {**os.environ, "PATH": f"{BINARY.parent}:{REPOSITORY}/.tools/bin:{os.environ['PATH']}", "NO_COLOR": "1", "COLUMNS": "80"}
    # make would build and test again; that the target exists is what a document promises.
    command = re.sub(r"^make ", "make -n ", command)
    return subprocess.run(["bash", "-c", command], cwd=directory, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=120)


def sessions(block):
    """[(command, expected output)]"""
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, expected = part.partition("\n")
        while command.endswith("\\"):
            more, _, expected = expected.partition("\n")
            command = command[:-1] + more.removeprefix("> ")
        yield command, expected


def fits(expected, printed):
    parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", expected, flags=re.M)]
    return re.fullmatch("(?:.*\n)*?".join(parts), printed) is not None


@pytest.mark.parametrize("block", list(blocks("console")))
def test_console_block(block, sandbox):
    directory = sandbox
    for command, expected in sessions(block):
        if command.startswith("cd "):
            directory = directory / command.removeprefix("cd ")
            continue
        ran = run(command, directory)
        if command.startswith("make "):
            assert ran.returncode == 0, ran.stdout
        else:
            assert fits(expected.rstrip("\n") + "\n" if expected.strip() else "", ran.stdout), f"$ {command}\n{ran.stdout}"


@pytest.mark.parametrize("block", list(blocks("sh")))
def test_shell_block(block, sandbox):
    for command in block.strip().splitlines():
        ran = run(command, sandbox)
        assert ran.returncode == 0, f"$ {command}\n{ran.stdout}"
