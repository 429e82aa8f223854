"""Strings can't break out: whatever a model's text holds is data in every format, or is refused at its line.

Each text is put where a model takes one, rendered, and read back with foreign parsers: PyYAML, ruamel.yaml, the JSON
module, python-hcl2, terraform itself, a CommonMark reader.
"""
import json
import random
import re

import pytest
import yaml
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from support.binary import render
from support.output import LIBYAML, Output
from support.prometheus import expanded
from tfoffline import Workspace, kubernetes

HOSTILE = [
    'a "quoted" word', "it's", "back\\slash", "\\", '\\"', "${x}", "$${x}", "%{if true}x%{endif}", "%%{x}", "{{ x }}",
    '{{ "{{" }}', "a: b", "a: #b", " #c", "# comment", "- item", "? key", "| block", "> folded", "&anchor", "*alias", "!tag",
    '"} or vector(1)', "$(x)", "$(NODE_NAME)", "$NODE_NAME", "`backticks`", "\u2028", "\u2029", "\u0085", "\u00a0", "\ufeff",
    "é", "💥", "true", "no", "null", "~", "1e3", "0x1F", "012", "1:30", "2026-01-01", ".inf", "=", "<<", "---", "...",
    "--- a", "[x]", "{x}", "%YAML 1.1", "@at", "trailing ", " leading", "EOF", "<script>alert(1)</script>", "a|b", "*b*", "[l](u)",
    "'; rm -rf / #", "&& x", "\\n", "\\u0041", "${jsonencode(x)}", "a\tb",
]
NEWLINES = ["two\nlines", "a\n  b: c", "x\r\ny", "end\n", "\n", "a\n---\nb: c"]
# Terraform keeps strings in normal form C: what is in another can't be the same in a plan.
DECOMPOSED = ["e\u0301", "\u212b"]
CONTROLS = ["\x00", "\x07", "\x1b[31m", "\x7f", "\ud800"]

ALPHABET = list("\"'\\$%{}()[]<>:#-?|&*!,`~@= ab1\u2028é💥") + ["${", "%{", "{{", "}}", "$(", ": #", "\\u"]
SEEDS = (1, 2)


def random_texts(seed):
    source = random.Random(seed)
    return ["x" + "".join(source.choices(ALPHABET, k=source.randint(1, 24))) for _ in range(60)]


BATCHES = {"hostile": HOSTILE + NEWLINES} | {f"seed-{seed}": random_texts(seed) for seed in SEEDS}


def lines(texts):
    """The texts that a label takes, by index: one line each. The others are refused (test_controls...)."""
    return {index: text for index, text in enumerate(texts) if not re.search(r"[\x00-\x1f\x7f-\x9f]", text)}


def model(texts, contact=None):
    """A model that has each text in each place that takes free text."""
    document = {
        "version": 1, "enable_network_resilience": True, "enable_prometheus_stack": True,
        "external_labels": {f"label_{index}": text for index, text in lines(texts).items()},
        "scrape_configs": [
            {"job_name": "kubernetes-nodes",
             "static_configs": [{"targets": ["localhost:1"], "labels": {f"label_{index}": text for index, text in enumerate(texts)}}],
             "params": {"text": list(texts)}},
        ],
        "extra_rules": [
            {"alert": "Extra", "expr": "vector(1)", "labels": {"severity": "warning"},
             "annotations": {f"note_{index}": text for index, text in enumerate(texts)}},
        ],
        "environments": {"prod": {}},
    }
    if contact is not None:
        document["contact"] = contact
    return document


def write(document, directory):
    """As JSON, which is YAML but for one thing: it spells what is beyond 16 bits as two halves, YAML as one number."""
    text = re.sub(r"\\u(d[89ab]..)\\u(d[c-f]..)", whole, json.dumps(document, indent=1))
    file = directory / "rescfg.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def whole(halves):
    high, low = (int(half, 16) for half in halves.groups())
    return f"\\U{0x10000 + (high - 0xD800 << 10) + low - 0xDC00:08x}"


def both_parsers(text):
    old, new = yaml.load(text, LIBYAML), YAML(typ="safe", pure=True).load(text)
    assert old == new
    return old


def assert_agent_config(config, texts):
    labels = config["global"]["external_labels"]
    assert {index: expanded(labels[f"label_{index}"]) for index in lines(texts)} == lines(texts)
    (job,) = [it for it in config["scrape_configs"] if it["job_name"] == "kubernetes-nodes"]
    assert job["params"]["text"] == list(texts)
    assert job["static_configs"][0]["labels"] == {f"label_{index}": text for index, text in enumerate(texts)}


def assert_rules(rules, texts):
    (extra,) = [rule for group in rules["groups"] for rule in group["rules"] if rule.get("alert") == "Extra"]
    assert [extra["annotations"][f"note_{index}"] for index in range(len(texts))] == list(texts)


def config_map(objects, prefix):
    (found,) = [it for it in objects if it["kind"] == "ConfigMap" and it["metadata"]["name"].startswith(prefix)]
    (text,) = found["data"].values()
    return both_parsers(text)


@pytest.mark.parametrize("batch", BATCHES)
def test_texts_survive(batch, tmp_path):
    texts = BATCHES[batch]
    file = write(model(texts), tmp_path)
    render(file, "prod", tmp_path / "out").succeeded()
    output = Output(tmp_path / "out", "prod")

    assert_agent_config(both_parsers((output / "prometheus/agent.yml").read_text("utf-8")), texts)
    assert_rules(both_parsers((output / "prometheus/rules.yml").read_text("utf-8")), texts)
    (rule,) = output.of_kind("PrometheusRule")
    assert_rules(rule["spec"], texts)
    assert_agent_config(config_map(output.objects, "prometheus-agent-config"), texts)
    resolved = config_map(output.objects, "rescfg-model")
    assert {index: resolved["external_labels"][f"label_{index}"] for index in lines(texts)} == lines(texts)

    with Workspace(output / "terraform", "environments/prod") as workspace:
        plan = workspace.plan()
    planned = list(kubernetes.objects(plan).values())
    assert_agent_config(config_map(planned, "prometheus-agent-config"), texts)
    assert config_map(planned, "rescfg-model") == resolved


@pytest.mark.parametrize("contact", HOSTILE + random_texts(99)[:20], ids=repr)
def test_contact_survives(contact, tmp_path):
    file = write(model([], contact), tmp_path)
    ran = render(file, "prod", tmp_path / "out")
    if ran.code:
        return assert_refused(ran, file, '"contact"', tmp_path)
    output = Output(tmp_path / "out", "prod")
    assert config_map(output.objects, "rescfg-model").get("contact") == contact
    markdown = (output / "docs/runbook.md").read_text("utf-8")
    paragraph = next(token for token in MarkdownIt().parse(markdown)
                     if token.type == "inline" and "Responsible:" in token.content)
    text = "".join("\n" if child.type == "softbreak" else child.content for child in paragraph.children)
    assert f"Responsible: {contact.strip()}." in text or contact != contact.strip()
    assert not [child for child in paragraph.children if child.type.startswith(("html", "link", "image"))]


@pytest.mark.parametrize("contact", ["${x}", "%{x}", 'a"b\\c', "{{ x }}"])
def test_contact_reaches_terraform_as_it_is(contact, tmp_path):
    render(write(model([], contact), tmp_path), "prod", tmp_path / "out").succeeded()
    with Workspace(tmp_path / "out/terraform", "environments/prod") as workspace:
        plan = workspace.plan()
    assert config_map(list(kubernetes.objects(plan).values()), "rescfg-model")["contact"] == contact


@pytest.mark.parametrize("text", NEWLINES + CONTROLS + DECOMPOSED, ids=repr)
def test_contact_that_is_no_line_is_refused(text, tmp_path):
    file = write(model([], text), tmp_path)
    assert_refused(render(file, "prod", tmp_path / "out"), file, '"contact"', tmp_path)


@pytest.mark.parametrize("text", CONTROLS + NEWLINES + DECOMPOSED, ids=repr)
@pytest.mark.parametrize("place", ["external_labels", "scrape_configs", "extra_rules"])
def test_controls_survive_or_are_refused(place, text, tmp_path):
    document = model([text])
    document["external_labels"] = {"label_0": text}
    for other in {"external_labels", "scrape_configs", "extra_rules"} - {place}:
        del document[other]
    file = write(document, tmp_path)
    ran = render(file, "prod", tmp_path / "out")
    if ran.code:
        return assert_refused(ran, file, json.dumps(text), tmp_path)
    texts = {text}
    for path in Output(tmp_path / "out", "prod").files("prometheus/*.yml"):
        texts -= set(strings(both_parsers(path.read_text("utf-8"))))
    assert not texts


def strings(it):
    if isinstance(it, str):
        yield it
    elif isinstance(it, dict):
        for value in it.values():
            yield from strings(value)
    elif isinstance(it, list):
        for value in it:
            yield from strings(value)


def assert_refused(ran, file, needle, directory):
    """Exit 2, at the line on which the text stands, with nothing written."""
    assert ran.code == 2, ran.stderr
    lines = [number for number, line in enumerate(file.read_text("utf-8").splitlines(), 1) if needle in line]
    named = {int(number) for number in re.findall(r"rescfg\.yaml:(\d+):\d+", ran.stderr)}
    assert named & set(lines), ran.stderr
    assert not (directory / "out").exists()
