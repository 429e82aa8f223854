"""What must not stand in a file of ours."""
import re

import pytest

from sources import REPOSITORY, shown, swift, tracked

TEXT = (".swift", ".py", ".sh", ".md", ".yaml", ".yml", ".h", ".modulemap", "Makefile", "Dockerfile", ".ini", ".txt")
THIS = "Tests/StyleTests/test_wording.py"

BANNED = {
    r"\bTODO\b|\bFIXME\b|\bXXX\b|\bHACK\b": "unfinished work",
    r"/(?:work|root|home/\w+)/": "a path of some machine",
    r"\b(?:simply|obviously|just works|blazing|seamless(?:ly)?|robust(?:ly)?|leverage|powerful|comprehensive)\b": "a word that says nothing",
    r"[\u2014\u2013]": "a dash; a comma, a colon or a new sentence says it",
}
BANNED_IN_SWIFT = {
    r"\btry!": "a crash instead of an error",
    r"\bfatalError\((?!\"out of memory\")": "precondition and preconditionFailure say what was wrong with whom",
    r"\.disabled\(|XCTSkip": "a test that doesn't run",
    r"@unchecked Sendable": "a promise the compiler can't check",
    r"(?<![.\w])(?<!func )print\(": "standard output carries data only, written by one function",
}


def found(patterns, files):
    return [f"{shown(file)}:{number}: {why}: {line.strip()[:100]}"
            for file in files if shown(file) != THIS
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
            for pattern, why in patterns.items() if re.search(pattern, line)]


def test_words():
    assert found(BANNED, tracked(*TEXT)) == []


def test_swift_words():
    assert found(BANNED_IN_SWIFT, swift("Sources")) == []


@pytest.mark.parametrize("pattern", [r"\btry\?"])
def test_no_error_is_dropped(pattern):
    assert found({pattern: "an error that nobody sees"}, swift("Sources")) == []


def links():
    for file in tracked(".md"):
        if shown(file).startswith("templates/"):
            continue
        text = re.sub(r"```.*?```", "", file.read_text("utf-8"), flags=re.S)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if not re.match(r"[a-z]+:", target):
                yield file, target


def test_links_resolve():
    broken = []
    for file, target in links():
        path, _, anchor = target.partition("#")
        place = (file.parent / path) if path else file
        if not place.exists():
            broken.append(f"{shown(file)}: {target}")
        elif anchor and place.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", place.read_text("utf-8"), re.M)
            slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
            if anchor not in slugs:
                broken.append(f"{shown(file)}: {target}")
    assert broken == []


def test_paths_in_code_spans_exist():
    """`Sources/...`, `docs/...`: what a document points at is there."""
    missing = []
    for file in tracked(".md"):
        for path in re.findall(r"`((?:Sources|Tests|docs|scripts|examples|golden|templates|Benchmarks)/[\w./+-]*)`", file.read_text("utf-8")):
            if not (REPOSITORY / path).exists():
                missing.append(f"{shown(file)}: {path}")
    assert missing == []
