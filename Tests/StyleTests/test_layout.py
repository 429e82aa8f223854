"""The architecture, read off the sources: who imports whom, and how large a file gets."""
import pytest

from sources import REPOSITORY, imports, module, shown, swift, tracked

# Ours that each module may import (docs/architecture.md); the command line may import anything.
ALLOWED = {
    "Model": set(),
    "Document": {"CSHA256"},
    "Loading": {"Model", "CYAML"},
    "Artifacts": {"Model", "Document"},
    "JSON": set(),
    "Charts": set(),
    "Output": {"Document", "JSON"},
    "Samples": {"CCRC32C", "CSnappy"},
    "Spool": {"Samples"},
    "Threads": set(),
    "Transport": {"CCurl", "Threads"},
    "Serving": set(),
    "Agent": {"JSON", "Model", "Samples", "Spool"},
    "StatusPage": {"Agent", "Charts", "Model"},
    "Simulation": {"Agent", "Charts", "Model", "Samples", "Spool"},
    "Runtime": {"Agent", "CProcess", "JSON", "Model", "Samples", "Spool", "StatusPage", "Threads", "Transport", "Serving"},
}
SYSTEM_LIBRARIES = {"CYAML": "Loading", "CSnappy": "Samples", "CCurl": "Transport", "CSHA256": "Document", "CCRC32C": "Samples", "CMalloc": "rescfg", "CProcess": "Runtime"}
PURE = {"Model", "Document", "JSON", "Charts", "Artifacts", "Agent", "StatusPage", "Simulation"}
OURS = {path.name for path in (REPOSITORY / "Sources").iterdir()}


def test_every_module_has_a_rule():
    assert OURS - set(SYSTEM_LIBRARIES) - {"rescfg"} == set(ALLOWED)


@pytest.mark.parametrize("name", ALLOWED)
def test_module_imports_only_what_it_may(name):
    for file in swift(f"Sources/{name}"):
        assert imports(file) & OURS <= ALLOWED[name], shown(file)


@pytest.mark.parametrize("library", SYSTEM_LIBRARIES)
def test_system_library_has_one_importer(library):
    importers = {module(file) for file in swift("Sources") if library in imports(file)}
    assert importers == {SYSTEM_LIBRARIES[library]}


def test_no_foundation():
    """It costs 3 to 14 ms at each start."""
    for file in swift("Sources"):
        assert not imports(file) & {"Foundation", "FoundationEssentials", "Dispatch"}, shown(file)


@pytest.mark.parametrize("name", sorted(PURE))
def test_pure_modules_do_not_reach_the_system(name):
    for file in swift(f"Sources/{name}"):
        assert not imports(file) & {"Glibc", "Synchronization"}, shown(file)


def test_files_have_one_idea():
    for file in tracked(".swift", ".py", ".sh"):
        lines = file.read_text().count("\n")
        # The stand-in provider speaks one wire protocol, from end to end.
        assert lines <= 500 or shown(file) == "Tests/Tools/tfoffline/provider.py", f"{shown(file)}: {lines} lines"


def test_public_declarations_of_functions_and_types_are_documented():
    """Types have a doc comment, unless an extension says what they are."""
    bare = []
    for file in swift("Sources"):
        lines = file.read_text().splitlines()
        for index, line in enumerate(lines):
            words = line.split()
            if line.startswith("public ") and words[1] in ("struct", "enum", "protocol", "func", "final", "indirect"):
                before = index - 1
                while before >= 0 and lines[before].startswith("@"):
                    before -= 1
                if before < 0 or not lines[before].startswith("///"):
                    bare.append(f"{shown(file)}:{index + 1}: {line}")
    assert bare == []
