import pytest

from support.binary import BINARY, render
from support.examples import CASES
from support.output import Output
from tfoffline import Workspace


def pytest_configure(config):
    if not BINARY.exists():
        pytest.exit(f"{BINARY} isn't built: make release", returncode=2)


def pytest_generate_tests(metafunc):
    """Tests that take `case` run for every environment of every example."""
    if "case" in metafunc.fixturenames and not any("case" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")):
        metafunc.parametrize("case", CASES, ids=str, scope="session")


@pytest.fixture(scope="session")
def rendered(tmp_path_factory):
    """Renders a case once in the session."""
    done = {}

    def of(case):
        if case not in done:
            out = tmp_path_factory.mktemp(str(case)) / "out"
            render(case.model, case.environment, out).succeeded()
            done[case] = Output(out, case.environment)
        return done[case]

    return of


@pytest.fixture(scope="session")
def output(case, rendered):
    return rendered(case)


@pytest.fixture(scope="session")
def everything(rendered):
    """All cases' outputs, for programs that are slow to start."""
    return {case: rendered(case) for case in CASES}


@pytest.fixture(scope="session")
def workspaces(rendered):
    """Terraform workspaces, each initialised once in the session."""
    opened = {}

    def of(case):
        if case not in opened:
            opened[case] = Workspace(rendered(case) / "terraform", f"environments/{case.environment}")
        return opened[case]

    yield of
    for workspace in opened.values():
        workspace.__exit__()
