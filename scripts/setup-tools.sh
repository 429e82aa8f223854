#!/bin/sh
# The foreign programs that judge what we render and talk to what we run, under .tools/: Debian's, and Python packages in environments of their
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

# Debian's packages, unpacked beside the system and not installed: no service, no user.
# $1: package; the others: its programs.
unpack() {
  package=$1
  shift
  missing=
  for program; do [ -x ".tools/bin/$program" ] || missing=1; done
  [ -n "$missing" ] || return 0
  apt-cache show "$package" >/dev/null 2>&1 || scripts/install-packages.sh --update
  work=$(mktemp -d .tools/unpack.XXXXXX)
  (cd "$work" && apt-get download -q -o APT::Sandbox::User=root "$package")
  dpkg -x "$work"/*.deb "$work"
  # Some are in /bin, which is the same place once installed.
  for program; do mv "$(find "$work" -type f -path "*bin/$program")" .tools/bin/; done
  # Alertmanager's templates, which it wants in /usr/share: tests mount them there.
  if [ -d "$work/usr/share/prometheus/alertmanager" ]; then
    mkdir -p .tools/share/prometheus
    cp -r "$work/usr/share/prometheus/alertmanager" .tools/share/prometheus/
  fi
  rm -rf "$work"
}
unpack prometheus promtool prometheus
unpack victoria-metrics victoria-metrics vmagent
unpack prometheus-node-exporter prometheus-node-exporter
unpack prometheus-alertmanager prometheus-alertmanager
# An init container's program.
unpack busybox busybox

# A test cuts a network of its own with it.
[ -x /usr/sbin/nft ] || command -v nft >/dev/null || scripts/install-packages.sh nftables iproute2

# Tests compile a library with it that makes system calls fail.
command -v cc >/dev/null || scripts/install-packages.sh gcc libc6-dev

# Certificates of the tests' own.
command -v openssl >/dev/null || scripts/install-packages.sh openssl

# It reads the status page. Too many libraries to unpack it beside the system: this one is installed.
command -v chromium >/dev/null || scripts/install-packages.sh chromium

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
