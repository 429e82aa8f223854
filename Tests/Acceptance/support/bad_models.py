"""Models that are wrong, each in one way, with the places that a message has to name."""

GOOD = "version: 1\nenable_network_resilience: true\n"
ENVIRONMENT = "environments:\n  prod: {}\n"


def bomb(levels=9, width=9):
    lines = ["a0: &a0 [x]"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * width) + "]")
    return "\n".join(lines) + "\n"


# name: (the file, the lines and columns that have to be named)
MODELS = {
    "unknown-key": (GOOD + "network_partition_treshold: 5\n" + ENVIRONMENT, ["3:1"]),
    "unknown-nested-key": (GOOD + "storage:\n  kid: hostPath\n" + ENVIRONMENT, ["4:3"]),
    "unknown-key-in-environment": (GOOD + "environments:\n  prod:\n    colector: rescfg\n", ["5:5"]),
    "duplicate-key": (GOOD + "survive: 1h\nsurvive: 2h\n" + ENVIRONMENT, ["4:1"]),
    "wrong-type": (GOOD + "network_partition_threshold: three\n" + ENVIRONMENT, ["3:30"]),
    "quoted-number": (GOOD + 'network_partition_threshold: "3"\n' + ENVIRONMENT, ["3:30"]),
    "mapping-for-scalar": (GOOD + "survive: {hours: 12}\n" + ENVIRONMENT, ["3:10"]),
    "missing-unit": (GOOD + "remote_write_max_backoff: 30\n" + ENVIRONMENT, ["3:27"]),
    "wrong-unit": (GOOD + "remote_write_max_backoff: 30sec\n" + ENVIRONMENT, ["3:27"]),
    "storage-without-unit": (GOOD + "storage: {size: 10G B}\n" + ENVIRONMENT, ["3:17"]),
    "out-of-range": (GOOD + "network_partition_threshold: 0\n" + ENVIRONMENT, ["3:30"]),
    "float-overflow": (GOOD + "alerts: {retry_rate: 1e999}\n" + ENVIRONMENT, ["3:22"]),
    "not-a-number": (GOOD + "alerts: {retry_rate: .nan}\n" + ENVIRONMENT, ["3:22"]),
    "integer-overflow": (GOOD + "remote_write_queue_capacity: 99999999999999999999\n" + ENVIRONMENT, ["3:30"]),
    "uneven-interval": (GOOD + "metrics_sync_interval: 7\n" + ENVIRONMENT, ["3:24"]),
    "unknown-word": (GOOD + "collector: promethues\n" + ENVIRONMENT, ["3:12"]),
    "unsupported-version": (GOOD + 'prometheus_version: "2.30"\n' + ENVIRONMENT, ["3:21"]),
    "version-read-as-number": (GOOD + "prometheus_version: 3.10\n" + ENVIRONMENT, ["3:21"]),
    "backoff-out-of-order": (GOOD + "remote_write_max_backoff: 500ms\n" + ENVIRONMENT, ["3:27"]),
    "survive-beyond-window": (GOOD + "survive: 48h\ncentral: {out_of_order_window: 24h}\n" + ENVIRONMENT, ["3:10"]),
    "three-at-once": (GOOD + "survive: 12\ncolector: rescfg\nmetrics_sync_interval: 7\n" + ENVIRONMENT, ["3:10", "4:1", "5:24"]),
    "missing-environment": (GOOD + "environments:\n  dev: {}\n", []),
    "no-version": ("enable_network_resilience: true\n" + ENVIRONMENT, ["1:1"]),
    "newer-version": ("version: 2\n" + ENVIRONMENT, ["1:10"]),
    "tab-indent": (GOOD + "storage:\n\tsize: 10Gi\n" + ENVIRONMENT, ["4:1"]),
    "unclosed-quote": (GOOD + 'contact: "team\n' + ENVIRONMENT, ["3:10"]),
    "second-document": (GOOD + ENVIRONMENT + "---\nversion: 1\n", ["5:1"]),
    "anchor": (GOOD + "contact: &a team\nsurvive: *a\n" + ENVIRONMENT, []),
    "tag": (GOOD + "contact: !!python/object:os.system ls\n" + ENVIRONMENT, ["3:10"]),
    "merge-key": (GOOD + "<<: {survive: 1h}\n" + ENVIRONMENT, ["3:1"]),
    "alias-bomb": (GOOD + bomb() + ENVIRONMENT, []),
    "deep-nesting": (GOOD + "scrape_configs: " + "[" * 20000 + "]" * 20000 + "\n" + ENVIRONMENT, []),
    "long-key": (GOOD + "k" * 5000 + ": 1\n" + ENVIRONMENT, ["3:1"]),
    "ten-megabytes": (GOOD + ENVIRONMENT + "# " + "x" * 10_000_000 + "\n", []),
    "empty-file": ("", ["1:1"]),
    "only-comment": ("# nothing\n", []),
    "scalar-file": ("hello\n", ["1:1"]),
    "sequence-file": ("- a\n", ["1:1"]),
    "bad-external-label": (GOOD + "external_labels: {__name__: x}\n" + ENVIRONMENT, ["3:19"]),
    "scrape-config-without-job": (GOOD + "scrape_configs:\n  - static_configs: []\n" + ENVIRONMENT, ["4:5"]),
}

BYTES = {
    "binary-file": bytes(range(256)) * 16,
    "not-utf-8": GOOD.encode() + b"contact: caf\xe9\n" + ENVIRONMENT.encode(),
    "utf-16": (GOOD + ENVIRONMENT).encode("utf-16"),
    "null-byte": GOOD.encode() + b"contact: a\x00b\n" + ENVIRONMENT.encode(),
    "elf": b"\x7fELF\x02\x01\x01" + bytes(4096),
}
