"""Reads printed documents with other people's parsers and compares them with what was meant.

Standard input: a JSON list of {"format": "yaml" or "json", "document": text, "expected": expectation}.
Standard output: one line for each difference, then the number of scalars compared.
"""
import io
import json
import sys

import yaml
from ruamel.yaml import YAML
from yamllint import linter
from yamllint.config import YamlLintConfig

LINT = YamlLintConfig(
    "{extends: default, rules: {line-length: disable, document-start: disable,"
    # What embedded texts contain is theirs.
    " trailing-spaces: disable, empty-lines: disable}}"
)


def read_yaml_1_2(text):
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    return reader.load(text)


YAML_READERS = {
    "PyYAML (1.1)": lambda text: yaml.load(text, yaml.SafeLoader),
    "libyaml (1.1)": lambda text: yaml.load(text, yaml.CSafeLoader),
    "ruamel.yaml (1.2)": read_yaml_1_2,
}
TYPES = {"mapping": dict, "sequence": list, "text": str, "integer": int, "boolean": bool, "null": type(None)}

compared = 0


def difference(found, expected, read, path="$"):
    """The first place where `found` isn't what was expected, or None."""
    global compared
    kind = expected[0]
    if kind in ("yaml", "json"):
        if type(found) is not str:
            return f"{path}: {kind} document expected, {found!r} found"
        if not found.endswith("\n"):
            return f"{path}: the document's last line doesn't end: {found[-40:]!r}"
        inner = json.loads if kind == "json" else read_yaml_1_2 if read is json.loads else read
        return difference(inner(found), expected[1], inner, path + f"<{kind}>")
    if kind == "number":
        compared += 1
        if type(found) not in (int, float) or float(found) != float(expected[1]):
            return f"{path}: {expected[1]} expected, {found!r} found"
        return None
    if type(found) is not TYPES[kind]:
        return f"{path}: {kind} expected, {found!r} found"
    if kind == "mapping":
        if list(found) != [key for key, _ in expected[1]]:
            return f"{path}: keys {[key for key, _ in expected[1]]!r} expected, {list(found)!r} found"
        pairs = [(key, found[key], value) for key, value in expected[1]]
    elif kind == "sequence":
        if len(found) != len(expected[1]):
            return f"{path}: {len(expected[1])} items expected, {len(found)} found"
        pairs = [(index, found[index], value) for index, value in enumerate(expected[1])]
    else:
        compared += 1
        return None if kind == "null" or found == expected[1] else f"{path}: {expected[1]!r} expected, {found!r} found"
    for key, item, value in pairs:
        problem = difference(item, value, read, f"{path}[{key!r}]")
        if problem:
            return problem
    return None


def check(name, read, case):
    try:
        problem = difference(read(case["document"]), case["expected"], read)
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
    if problem:
        print(f"{name}: {problem}\n--- in ---\n{case['document']}\n----------")


for case in json.load(io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8")):
    if case["format"] == "json":
        check("json", json.loads, case)
        continue
    for name, read in YAML_READERS.items():
        check(name, read, case)
    for problem in linter.run(case["document"], LINT):
        print(f"yamllint: {problem}\n--- in ---\n{case['document']}\n----------")
print(compared)
