"""rescfg render beside helm template and kubectl kustomize, on output of equal size; many environments; bad inputs.

make bench        prints a table in the form of docs/performance.md
"""
import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from measure import once, paired

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "Tests/Acceptance"))
from support.bad_models import BYTES, MODELS  # noqa: E402  -- the same bad models as the tests'

RESCFG = REPOSITORY / ".build/release/rescfg"
HELM = REPOSITORY / ".tools/bin/helm"
MODEL = REPOSITORY / "examples/advanced/rescfg.yaml"


def size(directory):
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())


def objects_of_equal_size(out, work):
    """The rendered objects, copied under other names until they weigh what all artifacts together do."""
    originals = [yaml.safe_load(path.read_text()) for path in sorted((out / "kubernetes").glob("*.yaml"))
                 if path.name != "kustomization.yaml"]
    total, files = size(out), []
    folder = work / "objects"
    folder.mkdir()
    while size(folder) < total:
        for index, original in enumerate(originals):
            copy = json.loads(json.dumps(original))
            copy["metadata"]["name"] += f"-{len(files)}"
            file = folder / f"{len(files):04}.yaml"
            file.write_text(yaml.safe_dump(copy, sort_keys=False))
            files.append(file.name)
            if size(folder) >= total:
                break
    (folder / "kustomization.yaml").write_text(yaml.safe_dump({"resources": files}))
    chart = work / "chart"
    (chart / "templates").mkdir(parents=True)
    (chart / "Chart.yaml").write_text("apiVersion: v2\nname: objects\nversion: 1.0.0\n")
    (chart / "values.yaml").write_text("namespace: observability\n")
    for name in files:
        text = (folder / name).read_text().replace("{{", "{{`{{`}}")
        (chart / "templates" / name).write_text(text.replace("namespace: observability", "namespace: {{ .Values.namespace }}"))
    return folder, chart, len(files)


def beside_others(work, disk, rounds):
    out = work / "out"
    render = [RESCFG, "render", "--config", MODEL, "--env", "prod", "--out"]
    once([*render, out])
    folder, chart, count = objects_of_equal_size(out, work)
    runs = iter(range(10**6))
    found = paired({
        "rescfg render": lambda: {"command": [*render, work / f"run-{next(runs)}"]},
        "rescfg render, to this disk": lambda: {"command": [*render, disk / f"run-{next(runs)}"]},
        "rescfg render --format tar": lambda: {"command": [*render[:-1], "--format", "tar"]},
        "helm template": lambda: {"command": [HELM, "template", "x", chart]},
        "helm template --output-dir": lambda: {"command": [HELM, "template", "x", chart, "--output-dir", work / f"run-{next(runs)}"]},
        "kubectl kustomize": lambda: {"command": [shutil.which("kubectl"), "kustomize", folder]},
    }, rounds)
    print(f"One environment, {size(out) / 1000:.0f} kB in {sum(1 for it in out.rglob('*') if it.is_file())} files; "
          f"the others: {count} objects of {size(folder) / 1000:.0f} kB. Medians of {rounds} paired runs.\n")
    print("helm and kubectl write to nowhere, as `--format tar` does; `rescfg render` and `--output-dir` write files, to "
          f"{work.parent} where nothing else is said.\n")
    print("| | time | of it | peak memory | of it |\n|---|---|---|---|---|")
    seconds, memory = found["rescfg render"]
    for name, (other_seconds, other_memory) in found.items():
        print(f"| {name} | {other_seconds * 1000:.1f} ms | {seconds / other_seconds:.2f} | {other_memory:.1f} MiB | {memory / other_memory:.2f} |")


def many_environments(work, counts):
    base = yaml.safe_load(MODEL.read_text())
    print("\n| environments in one call | time | each | peak memory |\n|---|---|---|---|")
    for count in counts:
        base["environments"] = {f"e{index}": {"cluster_name": f"cluster-{index}", "survive": f"{1 + index % 12}h"} for index in range(count)}
        model = work / f"{count}.yaml"
        model.write_text(yaml.safe_dump(base, sort_keys=False))
        out = work / f"many-{count}"
        seconds, memory = once([RESCFG, "render", "--config", model, "--env", "all", "--out", out / "{env}"])
        shutil.rmtree(out)
        print(f"| {count} | {seconds:.2f} s | {seconds / count * 1000:.1f} ms | {memory:.0f} MiB |")


def bad_inputs(work, rounds):
    slowest = []
    for name, content in ({name: text.encode() for name, (text, _) in MODELS.items()} | BYTES).items():
        folder = work / "bad" / name
        folder.mkdir(parents=True)
        (folder / "rescfg.yaml").write_bytes(content)
        run = {"command": [RESCFG, "render", "--env", "prod", "--out", "out"], "cwd": folder, "expect": (2,)}
        found = paired({name: lambda: run}, rounds)
        slowest.append((found[name][0], name))
    slowest.sort(reverse=True)
    print(f"\n{len(slowest)} bad inputs, each refused with exit 2; the slowest:\n\n| input | time |\n|---|---|")
    for seconds, name in slowest[:5]:
        print(f"| {name} | {seconds * 1000:.1f} ms |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--environments", type=int, nargs="+", default=[10, 100, 1000])
    options = parser.parse_args()
    subprocess.run([REPOSITORY / "Benchmarks/helm.sh"], check=True)
    # In memory: what a new file costs on a disk depends on what was deleted there in the last minutes.
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as work, tempfile.TemporaryDirectory() as disk:
        beside_others(Path(work), Path(disk), options.rounds)
        many_environments(Path(work), options.environments)
        bad_inputs(Path(work), max(3, options.rounds // 7))


main()
