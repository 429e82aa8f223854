"""docs/checks.md against the program: each trap and check has a model that shows it, at a line, and what it offers to change mends it."""
import json
import re

import pytest
import yaml

from support.binary import REPOSITORY, rescfg

PAGE = (REPOSITORY / "docs/checks.md").read_text("utf-8")
GOLDEN = REPOSITORY / "golden/errors"
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]
TRAPS = [row for row in ROWS if row[0].isdigit()]
CHECKS = [row for row in ROWS if row[0].startswith("`")]
# What only a person can know: an address, which of two networks is wrong, whether a line without effect was meant.
FOR_PEOPLE = {"central-address", "networks-overlap", "without-effect", "destination-url", "destination-twice", "too-many-destinations"}
# Not about a setting's value: the text of a rule, or a value that is none.
IN_TEXT = {"unknown-metric", "renamed-metric", "alias-metric", "later-metric", "wrong-unit"}


def shown():
    """(code, golden) of each example that the page links."""
    found = []
    for row in TRAPS + CHECKS:
        codes = re.findall(r"`([a-z-]+)`", row[2] if row in TRAPS else row[0])
        for name in re.findall(r"\.\./golden/errors/([\w-]+)\.txt", "|".join(row)):
            said = (GOLDEN / f"{name}.txt").read_text("utf-8")
            found += [(code, name) for code in codes if f"[{code}]" in said]
    return sorted(set(found))


def check(text):
    ran = rescfg("check", "--config", "-", "--env", "prod", "--format", "json", stdin=text.encode())
    return json.loads(ran.stdout)


def written(model, change):
    """The model as YAML with a setting written where it is already, or at the top."""
    keys = change["setting"].split(".")
    overlay = (model.get("environments") or {}).get("prod") or {}
    place = overlay if has(overlay, keys) else model
    for key in keys[:-1]:
        place = place.setdefault(key, {})
    place[keys[-1]] = change["value"]
    return yaml.safe_dump(model)


def has(mapping, keys):
    for key in keys:
        if not isinstance(mapping, dict) or key not in mapping:
            return False
        mapping = mapping[key]
    return True


def test_every_trap_has_a_row():
    assert [int(row[0]) for row in TRAPS] == list(range(1, 37))
    for row in TRAPS:
        assert ("../golden/errors/" in row[3]) == (row[1] == "yes"), row


def test_every_check_has_a_row_and_an_example():
    files = [path for path in (REPOSITORY / "Sources/Model/Diagnostics").glob("Diagnostic+*.swift") if path.stem != "Diagnostic+Vocabulary"]
    codes = set(re.findall(r'^ +"([a-z]+(?:-[a-z]+)+)",$', "".join(path.read_text() for path in files), re.M))
    assert len(codes) > 30
    assert {re.findall(r"`([a-z-]+)`", row[0])[0] for row in CHECKS} == codes
    assert codes <= {code for code, _ in shown()}


@pytest.mark.parametrize("code, name", shown())
def test_what_is_offered_mends_it(code, name):
    text = (GOLDEN / f"{name}.yaml").read_text("utf-8")
    found = [it for it in check(text) if it["code"] == code]
    assert found and all(it["location"] for it in found)
    for it in found:
        assert it["help"]
        # A note on what a centre is may have nothing that changes it.
        assert it["changes"] or it["severity"] == "note" or code in FOR_PEOPLE | IN_TEXT, it
        for change in it["changes"]:
            after = check(written(yaml.safe_load(text), change))
            left = [other for other in after if other["code"] == code]
            assert len(left) < len(found), f"{change} leaves {left}"


@pytest.mark.parametrize("name", sorted({name for _, name in shown() if re.match("trap|check", name)}))
def test_following_the_advice_ends_without_findings(name):
    """As a new user would: take the first thing offered, look again."""
    text = (GOLDEN / f"{name}.yaml").read_text("utf-8")
    for _ in range(20):
        open_findings = [it for it in check(text) if it["changes"]]
        if not open_findings:
            break
        text = written(yaml.safe_load(text), open_findings[0]["changes"][0])
    rest = [it for it in check(text) if it["severity"] != "note"]
    assert all(it["code"] in FOR_PEOPLE for it in rest), rest
