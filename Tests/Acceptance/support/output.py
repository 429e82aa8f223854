"""An output directory, read by foreign parsers."""
from functools import cached_property
from pathlib import Path

import yaml

LIBYAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Output:
    def __init__(self, directory, environment):
        self.directory = Path(directory)
        self.environment = environment

    def __truediv__(self, path):
        return self.directory / path

    def files(self, pattern="**/*"):
        return sorted(path for path in self.directory.glob(pattern) if path.is_file())

    def yaml(self, path):
        return yaml.load((self / path).read_text("utf-8"), LIBYAML)

    @cached_property
    def objects(self):
        """The Kubernetes objects, without the kustomization."""
        return [
            document
            for path in self.files("kubernetes/*.yaml")
            if path.name != "kustomization.yaml"
            for document in yaml.load_all(path.read_text("utf-8"), LIBYAML)
        ]

    def of_kind(self, kind):
        return [it for it in self.objects if it["kind"] == kind]

    def named(self, kind, name):
        found = [it for it in self.of_kind(kind) if it["metadata"]["name"] == name]
        assert len(found) == 1, f"{len(found)} {kind} named {name}"
        return found[0]

    @property
    def workloads(self):
        """What makes pods, each with its pod template."""
        for it in self.objects:
            if it["kind"] in ("DaemonSet", "StatefulSet", "Deployment"):
                yield it, it["spec"]["template"]
            elif it["kind"] == "CronJob":
                yield it, it["spec"]["jobTemplate"]["spec"]["template"]
