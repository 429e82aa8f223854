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

    @property
    def settings(self):
        """What the model's overlay of this environment writes over its top, mappings merged."""
        model = yaml.safe_load(self.model.read_text())
        return merged(model, model["environments"][self.environment] or {})

    @property
    def has_central_prometheus(self):
        return self.settings.get("central", {}).get("kind", "prometheus") == "prometheus"

    def __str__(self):
        return f"{self.example}-{self.environment}"


def merged(base, overlay):
    if not (isinstance(base, dict) and isinstance(overlay, dict)):
        return overlay
    return {**base, **{key: merged(base.get(key), value) for key, value in overlay.items()}}


def environments(model):
    """None of a model that is only run."""
    return list(yaml.safe_load(model.read_text()).get("environments", []))


CASES = [
    Case(model.parent.name, environment)
    for model in sorted((REPOSITORY / "examples").glob("*/rescfg.yaml"))
    for environment in environments(model)
]
