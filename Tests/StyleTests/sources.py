"""The repository's own files, as git knows them: what isn't committed or staged isn't judged."""
import re
import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
# Data and foreign text, not ours to format or to word.
NOT_OURS = ("golden/", "Tests/Tools/tfoffline/schemas/")


def tracked(*suffixes):
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=REPOSITORY, capture_output=True, check=True)
    names = [name for name in listed.stdout.decode().split("\0") if name and not name.startswith(NOT_OURS)]
    files = [REPOSITORY / name for name in names if not suffixes or name.endswith(suffixes)]
    return [file for file in files if file.is_file() and not file.is_symlink()]


def swift(folder):
    return [file for file in tracked(".swift") if file.is_relative_to(REPOSITORY / folder)]


def shown(file):
    return str(file.relative_to(REPOSITORY))


def imports(file):
    return set(re.findall(r"^\s*(?:@\w+(?:\([^)]*\))? )*(?:(?:package|public|internal|private|fileprivate) )?import (?:struct |class |func |enum )?(\w+)", file.read_text(), re.M))


def module(file):
    return file.relative_to(REPOSITORY / "Sources").parts[0]
