"""The agent's page at `/`, in a real Chromium: what it shows, to whom, and that it asks for nothing from outside.

RESCFG_SCREENSHOTS=DIR keeps pictures of what the tests see.
"""
import base64
import hashlib
import http.client
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from support.binary import REPOSITORY
from support.runtime.browser import Browser
from support.runtime.fakes import Centre, Server, Target, answer
from support.runtime.processes import eventually, get
from support.runtime.servers import Agent, NodeExporter, Prometheus

GOLDENS = sorted((REPOSITORY / "Tests/StatusPageTests/Golden").glob("*.html"))
PICTURES = os.environ.get("RESCFG_SCREENSHOTS")
DESKTOP = {"width": 1180, "height": 900}
PHONE = {"width": 360, "height": 740}
HOSTILE = "</title></script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"> \u202e'"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with Browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


def head(agent):
    """Status, headers and body of the page."""
    connection = http.client.HTTPConnection("127.0.0.1", agent.port, timeout=10)
    connection.request("GET", "/")
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply.status, {name.lower(): value for name, value in reply.getheaders()}, body


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """The recorded pages, with the headers that a real agent sends with its own."""
    with Agent(tmp_path_factory.mktemp("shelf"), "http://127.0.0.1:9") as agent:
        _, headers, _ = head(agent)
    sent = [(name, value) for name, value in headers.items() if name not in ("date", "content-length", "connection")]

    def page(request):
        path = REPOSITORY / "Tests/StatusPageTests/Golden" / (request.path.strip("/") + ".html")
        return answer(request, 200, path.read_bytes(), sent) if path in GOLDENS else answer(request, 404)
    with Server(page) as server:
        yield f"http://127.0.0.1:{server.port}"


def picture(browser, name):
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        browser.screenshot(Path(PICTURES) / f"{name}.png")


CONTRASTS = """
(() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || ["SCRIPT", "STYLE"].includes(element.tagName)) continue;
    const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))];
    found.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), walker.currentNode.data.trim().slice(0, 40)]);
  }
  return found;
})()
"""

# What reaches beyond the window, be it that it scrolls or that it is cut off.
OVERFLOWS = """
(() => {
  const width = document.documentElement.clientWidth;
  const wide = [...document.body.querySelectorAll("*")].filter((it) => it.getBoundingClientRect().right > width + 0.5)
    .map((it) => it.tagName + "." + it.className);
  return document.documentElement.scrollWidth > width ? [document.documentElement.scrollWidth, ...wide] : wide;
})()
"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [golden.stem for golden in GOLDENS])
def test_every_page_fits_and_can_be_read(browser, shelf, name, scheme, size):
    browser.show(**size, scheme=scheme)
    browser.open(f"{shelf}/{name}")
    assert browser.evaluate(OVERFLOWS) == []
    contrasts = browser.evaluate(CONTRASTS)
    assert len(contrasts) > 40
    assert [it for it in contrasts if it[0] < 4.5] == []
    background = browser.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", background))) < 200) == (scheme == "dark")
    assert browser.complaints() == []
    assert [url for url in browser.requested() if not url.startswith((shelf, "data:"))] == []
    picture(browser, f"{name}-{scheme}-{size['width']}")


@pytest.mark.parametrize("name", [golden.stem for golden in GOLDENS])
def test_a_screen_reader_finds_its_way(browser, shelf, name):
    for size in (DESKTOP, PHONE):
        browser.show(**size)
        browser.open(f"{shelf}/{name}")
        told = browser.accessible()
        roles = [role for role, _ in told]
        assert [role for role in roles if role in ("banner", "main", "contentinfo")] == ["banner", "main", "contentinfo"]
        assert roles.count("status") == 1
        headings = [text for role, text in told if role == "heading"]
        assert len(headings) >= 5 and all(headings)
        # What begins anew is named, and so are tables and pictures.
        assert all(text for role, text in told if role in ("region", "image", "img", "button", "link"))
        tables = browser.evaluate("[...document.querySelectorAll('table')].map((it) => [it.rows.length, it.caption?.textContent ?? ''])")
        assert roles.count("table") == len(tables) and all(caption for _, caption in tables)
        assert roles.count("row") == sum(rows for rows, _ in tables)
        assert "rowheader" in roles and ("button", "Pause") in told
        levels = browser.evaluate("[...document.querySelectorAll('h1,h2,h3')].map((it) => Number(it.tagName[1]))")
        assert levels[0] == 1 and levels.count(1) == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:]))
        assert browser.evaluate("document.documentElement.lang") == "en"


class Reader(HTMLParser):
    """A parser of another make: what elements and attributes it finds, and the text outside of them."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text, self.within = [], [], "", []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attributes]
        self.within.append(tag)

    def handle_endtag(self, tag):
        while self.within and self.within.pop() != tag:
            pass

    def handle_data(self, data):
        if not {"script", "style"} & set(self.within):
            self.text += data


def read(page):
    reader = Reader()
    reader.feed(page)
    return reader


ELEMENTS = set("""html head meta title link style script body header main section footer h1 h2 h3 p div span bdi code time a ul li dl dt dd
                  figure figcaption svg path rect table caption thead tbody tr th td""".split())


def assert_harmless(page):
    reader = read(page)
    assert set(reader.tags) <= ELEMENTS and reader.tags.count("script") == 1 and reader.tags.count("link") == 1
    assert not [name for name in reader.attributes if name.startswith("on") or name in ("src", "style", "srcdoc", "action")]
    assert "\u202e" not in page and not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", page)
    return reader


def test_hostile_text_stays_text(tmp_path, browser):
    """From a target's labels and address, from the answer of a target and of the centre."""
    def refuse(request):
        answer(request, 500, HOSTILE.encode(), [("Content-Type", "text/html")])
    with Server(refuse) as centre, Server(lambda request: answer(request, 200, HOSTILE.encode(), [("Content-Type", "text/plain")])) as odd, Target(3) as target:
        agent = Agent(tmp_path / "agent", f"http://127.0.0.1:{centre.port}", [f"127.0.0.1:{target.port}"])
        agent.document["scrape_configs"].append({
            "job_name": "<script>job</script>", "params": {"token": ["hidden-secret"]},
            "static_configs": [{"targets": [f"127.0.0.1:{odd.port}"], "labels": {"instance": HOSTILE}}]})
        agent.model.write_text(json.dumps(agent.document))
        with agent:
            page = eventually(lambda: (text := get(f"{agent.url}/")[1].decode()) and "500" in text and "class=\"failure\"" in text and text, what="errors are shown")
            reader = assert_harmless(page)
            assert "<script>job</script>" in reader.text and "onerror=" in reader.text
            assert "hidden-secret" not in page and f"127.0.0.1:{odd.port}/metrics" in reader.text
            browser.show(**PHONE)
            browser.open(f"{agent.url}/")
            assert browser.evaluate("document.title").endswith("node-1") and browser.evaluate("document.images.length") == 0
            assert browser.evaluate(OVERFLOWS) == [] and browser.complaints() == []
            assert [url for url in browser.requested() if not url.startswith((agent.url, "data:"))] == []


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.stem)
def test_recorded_pages_are_harmless(golden):
    assert_harmless(golden.read_text("utf-8"))


def test_how_it_is_served(tmp_path):
    with Agent(tmp_path / "agent", "http://127.0.0.1:9") as agent:
        status, headers, body = head(agent)
        assert status == 200 and headers["content-type"] == "text/html; charset=utf-8" and headers["cache-control"] == "no-store"
        assert len(body) < 64 << 10
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'" and "unsafe" not in headers["content-security-policy"]
        for name in ("style", "script"):
            [content] = re.findall(f"<{name}>(.*?)</{name}>", body.decode(), re.S)
            digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
            assert policy[f"{name}-src"] == f"'sha256-{digest}'"
        for method, path, expected in [("HEAD", "/", 200), ("POST", "/", 405), ("GET", "/index.html", 404), ("GET", "/favicon.ico", 404), ("GET", "//", 404), ("GET", "/?a=<b>", 200)]:
            connection = http.client.HTTPConnection("127.0.0.1", agent.port, timeout=10)
            connection.request(method, path)
            reply = connection.getresponse()
            content = reply.read()
            assert reply.status == expected, (method, path)
            if method == "HEAD":
                assert content == b"" and int(reply.getheader("content-length")) > 1000
            connection.close()


def test_thousands_of_targets(tmp_path, browser):
    """Those that are down first, a hundred rows, the others as a number."""
    with Target(1) as target, Centre() as centre:
        agent = Agent(tmp_path / "agent", f"http://127.0.0.1:{centre.port}", [f"127.0.0.1:{target.port}"])
        many = [{"targets": [f"127.0.0.1:{target.port}"], "labels": {"n": str(index)}} for index in range(3000)]
        agent.document["scrape_configs"] += [
            {"job_name": "many", "scrape_interval": "5m", "static_configs": many},
            {"job_name": "broken", "static_configs": [{"targets": ["127.0.0.1:1"]}]}]
        agent.model.write_text(json.dumps(agent.document))
        with agent:
            eventually(lambda: b"1 down" in get(f"{agent.url}/")[1], what="one is down")
            browser.show(**PHONE)
            browser.open(f"{agent.url}/")
            rows = browser.evaluate("[...document.querySelectorAll('section[aria-labelledby=targets] tbody tr')].map((it) => it.innerText)")
            assert len(rows) == 100 and rows[0].startswith("Down") and not any(row.startswith("Down") for row in rows[1:])
            assert re.search(r"and more that are not listed: ", browser.evaluate("document.querySelector('main').innerText"))
            assert browser.evaluate(OVERFLOWS) == [] and len(get(f"{agent.url}/")[1]) < 128 << 10


def test_a_partition_as_it_is_seen(tmp_path, browser):
    """Real targets and a real centre, that goes and comes back; one page that is left open, and renews itself."""
    centre = Prometheus(tmp_path / "centre")
    with NodeExporter(tmp_path) as node, centre:
        targets = [f"127.0.0.1:{node.port}", f"127.0.0.1:{centre.port}"]
        model = {"network_partition_threshold": 2, "remote_write": {"drain_rate": 2000}}
        with Agent(tmp_path / "agent", centre.url, targets, model=model) as agent:
            eventually(lambda: b"Everything arrives" in get(f"{agent.url}/")[1], what="all is well")
            browser.show(**DESKTOP)
            browser.open(f"{agent.url}/")
            title = lambda: browser.evaluate("document.title")
            assert title() == "All well: node-1"
            picture(browser, "real-healthy")
            browser.evaluate("document.querySelector('main').dataset.first = 'yes'")
            centre.kill()
            eventually(lambda: title() == "Cut off: node-1", what="the open page says so")
            assert browser.evaluate("document.getElementById('news').textContent") == "Cut off: node-1"
            assert browser.evaluate("document.querySelector('main').dataset.first ?? 'no'") == "no"
            text = browser.evaluate("document.querySelector('main').innerText")
            assert "Cut off from the centre for" in text and "Samples are kept on disk" in text and "Balanced" in text
            changes = browser.evaluate("[...document.querySelectorAll('section[aria-labelledby=events] tbody tr')].map((it) => it.innerText)")
            assert len(changes) == 2 and "Partitioned" in changes[0] and "no connection" in changes[0] and "Suspect" in changes[1]
            assert browser.evaluate("document.querySelectorAll('.band .partitioned').length") >= 1
            picture(browser, "real-cut-off")
            centre.start()
            eventually(lambda: title() == "All well: node-1" and "recovering for" in browser.evaluate("document.querySelector('main').innerText"), seconds=60, what="it is over")
            picture(browser, "real-after")
            assert [it for it in browser.complaints() if "net::ERR" not in str(it)] == []
            browser.evaluate("document.querySelector('header button').click()")
            assert browser.evaluate("document.querySelector('header button').textContent") == "Resume"
            browser.evaluate("document.querySelector('header button').click()")
            assert browser.evaluate("document.querySelector('header button').textContent") == "Pause"
        eventually(lambda: title() == "No answer: node-1", what="the page says that it hears nothing")
        assert "doesn't answer" in browser.evaluate("document.getElementById('clock').textContent")
        # Nobody is told that all is well by a page that hears nothing.
        assert browser.evaluate("getComputedStyle(document.querySelector('main')).filter") == "grayscale(1)"
        picture(browser, "real-no-answer")
