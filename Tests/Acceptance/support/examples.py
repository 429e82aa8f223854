"""The example models and their environments, read by a foreign parser."""
from dataclasses import dataclass
from pathlib import Path

import yaml

from .binary import REPOSITORY


@dataclass(frozen=True)
class Case:
    example: str
    environment: str

    @property
    def model(self) -> Path:
        return REPOSITORY / "examples" / self.example / "rescfg.yaml"

    def __str__(self):
        return f"{self.example}-{self.environment}"


def environments(model):
    return list(yaml.safe_load(model.read_text())["environments"])


CASES = [
    Case(model.parent.name, environment)
    for model in sorted((REPOSITORY / "examples").glob("*/rescfg.yaml"))
    for environment in environments(model)
]
