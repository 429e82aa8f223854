"""What a centre holds, to the bit: by Prometheus' remote read, whose samples are doubles and not numbers in text, stale markers among them."""
import urllib.request

import cramjam

from .remote_write import encoded_varint, fields, label, message, sample


def stored(url, start=0, end=1 << 53):
    """Every sample of every series from `start` to `end`, in milliseconds: by labels, {timestamp: bits}."""
    everything = message(3, b"\x08\x01" + message(2, b"__name__"))  # __name__ != ""
    query = b"\x08" + encoded_varint(start) + b"\x10" + encoded_varint(end) + everything
    request = urllib.request.Request(f"{url}/api/v1/read", bytes(cramjam.snappy.compress_raw(message(1, query))), {
        "Content-Type": "application/x-protobuf", "Content-Encoding": "snappy", "X-Prometheus-Remote-Read-Version": "0.1.0"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        body = bytes(cramjam.snappy.decompress_raw(answer.read()).read())
    found = {}
    for _, result in fields(body):
        for _, series in fields(result):
            parts = list(fields(series))
            labels = tuple(sorted(label(value) for number, value in parts if number == 1))
            found[labels] = dict(sample(value) for number, value in parts if number == 2)
    return found
