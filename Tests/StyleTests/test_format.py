"""swift-format has nothing to say, and shell scripts parse."""
import subprocess

from sources import REPOSITORY, tracked


def test_swift_format():
    ran = subprocess.run(["swift", "format", "lint", "--strict", "--recursive", "--parallel", "Sources", "Tests", "Package.swift"],
                         cwd=REPOSITORY, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_shell_scripts_parse():
    for file in [*tracked(".sh"), REPOSITORY / ".ci/run"]:
        subprocess.run(["sh", "-n", file], check=True)
