"""The agent's own query API while its centre is away, asked by promtool and by hand."""
import json
import subprocess
import urllib.parse

import pytest

from support.runtime.fakes import Target
from support.runtime.processes import eventually, free_port, get
from support.runtime.servers import TOOLS, Agent

COUNT = 5


@pytest.fixture(scope="module")
def agent(tmp_path_factory):
    with Target(COUNT) as target:
        with Agent(tmp_path_factory.mktemp("agent"), f"http://127.0.0.1:{free_port()}", [f"127.0.0.1:{target.port}"]) as agent:
            eventually(lambda: target.scrapes >= 6, what="scrapes")
            yield agent


def promtool(*arguments):
    result = subprocess.run([TOOLS / "promtool", "query", *arguments], capture_output=True, text=True, timeout=60)
    return result.returncode, result.stdout, result.stderr


def ask(agent, path, **words):
    status, body = get(f"{agent.url}/api/v1/{path}?{urllib.parse.urlencode(words, doseq=True)}", timeout=30)
    return status, json.loads(body)


def test_promtool_reads_the_present_and_the_past(agent):
    code, out, error = promtool("instant", agent.url, 'up{job="test"}')
    assert code == 0 and out.startswith('up{cluster="test"') and "=> 1 @" in out, out + error
    code, out, error = promtool("instant", "--format", "json", agent.url, 'test_value{i=~"[0-2]"}[1h]')
    assert code == 0, error
    series = json.loads(out)
    assert [one["metric"]["i"] for one in series] == ["0", "1", "2"]
    for number, one in enumerate(series):
        scrapes = [int(float(value)) for _, value in one["values"]]
        assert scrapes == [1000 * scrape + number for scrape in range(1, len(scrapes) + 1)] and len(scrapes) >= 5
    first, last = series[0]["values"][0][0], series[0]["values"][-1][0]
    code, out, error = promtool("range", "--format", "json", f"--start={first}", f"--end={last}", "--step=1s", agent.url, "test_scrape")
    assert code == 0, error
    [one] = json.loads(out)
    values = [float(value) for _, value in one["values"]]
    assert values == sorted(values) and values[0] >= 1
    code, out, error = promtool("series", "--match=up", agent.url)
    assert code == 0 and 'job="test"' in out, out + error
    code, out, error = promtool("labels", agent.url, "i")
    assert code == 0 and out.split() == [str(number) for number in range(COUNT)], out + error


@pytest.mark.parametrize("query", ["rate(up[5m])", "sum(up)", "up + 1", "up offset 1m", "{}", "up{"])
def test_what_it_doesnt_answer_is_said_so(agent, query):
    status, answer = ask(agent, "query", query=query)
    assert status == 400 and answer["status"] == "error" and answer["errorType"] == "bad_data" and answer["error"]
    code, _, error = promtool("instant", agent.url, query)
    assert code != 0 and error


def test_bounds_are_those_of_prometheus(agent):
    assert ask(agent, "query_range", query="up", start=0, end=20000, step=1)[0] == 400
    assert ask(agent, "query_range", query="up", start=2, end=1, step=1)[0] == 400
    assert ask(agent, "series")[0] == 400
    assert get(f"{agent.url}/api/v1/label/x/y")[0] == 404


def test_the_engine_goes_on_meanwhile(agent):
    before = agent.ledger()["collected"]
    for _ in range(20):
        assert ask(agent, "query", query='{__name__=~".+"}[1h]')[0] == 200
    eventually(lambda: agent.ledger()["collected"] > before, what="scrapes go on")
