#!/bin/sh
# The foreign programs that judge what we render, under .tools/: promtool, and Python packages in environments of their
# own. Pinned; made once, made again when a pin changes.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .tools/bin

for program in terraform kubectl python3; do
  command -v "$program" >/dev/null || {
    echo "$program: not found. The tests run it on what is rendered: put it on PATH (terraform 1.9 or later, kubectl 1.27 or later)." >&2
    exit 1
  }
done

# promtool is in Debian's prometheus package, which needs no installing for that: no service, no user.
if [ ! -x .tools/bin/promtool ]; then
  apt-cache show prometheus >/dev/null 2>&1 || scripts/install-packages.sh --update
  work=$(mktemp -d .tools/promtool.XXXXXX)
  (cd "$work" && { apt-get download -q -o APT::Sandbox::User=root prometheus; })
  dpkg -x "$work"/prometheus_*.deb "$work"
  mv "$work/usr/bin/promtool" "$work/usr/bin/prometheus" .tools/bin/
  rm -rf "$work"
fi

python3 -c 'import ensurepip, venv' 2>/dev/null || scripts/install-packages.sh python3-venv

# checkov brings forks of python-hcl2 and detect-secrets under the same module names: it lives apart from them.
environment() {
  stamp=".tools/$1/.$(sha256sum "$2" | cut -c1-16)"
  [ -e "$stamp" ] && return
  echo "preparing .tools/$1"
  rm -rf ".tools/$1"
  python3 -m venv ".tools/$1"
  ".tools/$1/bin/pip" install -q --disable-pip-version-check -r "$2"
  touch "$stamp"
}
environment venv scripts/python-requirements.txt
environment checkov scripts/checkov-requirements.txt
