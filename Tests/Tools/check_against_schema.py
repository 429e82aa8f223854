"""Validate models against the schema: {"schema": {}, "models": {name: YAML}} in, {name: error or null} out."""

import json
import sys

import yaml
from jsonschema import Draft202012Validator

request = json.load(sys.stdin)
Draft202012Validator.check_schema(request["schema"])
validator = Draft202012Validator(request["schema"])
answer = {}
for name, text in request["models"].items():
    errors = sorted(validator.iter_errors(yaml.safe_load(text)), key=lambda error: list(map(str, error.path)))
    answer[name] = errors[0].message[:200] if errors else None
json.dump(answer, sys.stdout)
