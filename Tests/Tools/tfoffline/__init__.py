"""The real `terraform`, offline: stand-in providers (provider.py) serve the real providers' schemas. See README.md."""
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCHEMAS = sorted((HERE / "schemas").glob("*.json"))
OURS = ("TF_CLI_ARGS", "TF_PLUGIN", "TF_REATTACH", "TF_DATA_DIR", "TF_WORKSPACE", "TF_CLI_CONFIG_FILE")


class TerraformError(Exception):
    """What terraform printed when it refused."""


def terraform():
    program = os.environ.get("TFOFFLINE_TERRAFORM") or shutil.which("terraform")
    if not program:
        raise TerraformError("no terraform on PATH (or name one in TFOFFLINE_TERRAFORM)")
    return program


def address_and_version(schema):
    head = schema.read_text(encoding="utf-8")[:600]
    return re.search(r'"provider":"([^"]+)"', head)[1], re.search(r'"version":"([^"]+)"', head)[1]


class Workspace:
    """A copy of a tree of HCL, initialised once, in which one root module is validated and planned.

    `data` is what data sources answer: {"aws_eks_cluster": {"endpoint": "https://..."}}.
    """

    def __init__(self, tree, root, data=None):
        self.work = Path(tempfile.mkdtemp(prefix="tfoffline-"))
        shutil.copytree(tree, self.work / "tree", symlinks=True)
        self.root = self.work / "tree" / root
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        self.environment |= {
            "TF_CLI_CONFIG_FILE": str(self._configuration()), "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1",
            "TF_INPUT": "0", "TF_DISABLE_PLUGIN_TLS": "1", "PYTHONDONTWRITEBYTECODE": "1",
        }
        if data:
            (self.work / "data.json").write_text(json.dumps(data))
            self.environment["TFOFFLINE_DATA"] = str(self.work / "data.json")
        self._initialised = False
        self._plans = {}

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        shutil.rmtree(self.work, ignore_errors=True)

    def _configuration(self):
        """Terraform's CLI configuration: providers come from a mirror that holds the stand-ins, and from nowhere else."""
        version = subprocess.run([terraform(), "version", "-json"], capture_output=True, text=True, check=True,
                                 env={**self.environment, "CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": os.devnull})
        platform = json.loads(version.stdout)["platform"]
        mirror = self.work / "mirror"
        for schema in SCHEMAS:
            address, version = address_and_version(schema)
            folder = mirror / address / version / platform
            folder.mkdir(parents=True)
            program = folder / f"terraform-provider-{address.split('/')[-1]}_v{version}"
            program.write_text(f"#!/bin/sh\nexec '{sys.executable}' '{HERE}/provider.py' '{schema}'\n")
            program.chmod(0o755)
        configuration = self.work / "terraform.rc"
        configuration.write_text(
            "disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n"
            f"    path = {json.dumps(str(mirror))}\n  }}\n}}\n")
        return configuration

    def terraform(self, *arguments):
        """Runs terraform in the root module; its standard output."""
        if not self._initialised:
            self._initialised = True
            # The state stays in the copy, whatever backend the configuration names.
            (self.root / "offline_override.tf").write_text('terraform {\n  backend "local" {}\n}\n')
            self.terraform("init", "-input=false", "-no-color")
        ran = subprocess.run([terraform(), *arguments], cwd=self.root, env=self.environment, capture_output=True, text=True)
        if ran.returncode:
            raise TerraformError(f"terraform {' '.join(arguments)}\n{ran.stdout}{ran.stderr}")
        return ran.stdout

    def validate(self):
        self.terraform("validate", "-no-color")

    def plan(self, **variables):
        """The plan as `terraform show -json` gives it; made once for the same variables."""
        name = hashlib.sha256(repr(sorted(variables.items())).encode()).hexdigest()[:12] + ".tfplan"
        if name in self._plans:
            return self._plans[name]
        flags = [f"-var={variable}={spell(value)}" for variable, value in variables.items()]
        self.terraform("plan", "-input=false", "-no-color", f"-out={name}", *flags)
        self._plans[name] = json.loads(self.terraform("show", "-json", name))
        return self._plans[name]


def spell(value):
    """A value as `-var` takes it."""
    return value if isinstance(value, str) else json.dumps(value)
