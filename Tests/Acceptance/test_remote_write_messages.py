"""What the encoder of remote write 2.0 writes, read by Google's protobuf.

The unit tests hold the encoder to the bytes of this file (RemoteWrite2Tests.requestBytes), so reading the file is reading the encoder.
"""

import math
import struct
from pathlib import Path

import pytest

from support.protobuf_messages import messages

TESTS = Path(__file__).parents[1]
MESSAGES = messages(TESTS / "Acceptance/support/remote_write_2.proto")


@pytest.fixture(scope="module")
def request_message():
    body = (TESTS / "SamplesTests/Corpus/remote-write-sent/version2.bin").read_bytes()
    message = MESSAGES["Request"]()
    message.ParseFromString(body)
    return message


def texts(message, references):
    return [message.symbols[reference] for reference in references]


def labels(message, holder):
    flat = texts(message, holder.labels_refs)
    return dict(zip(flat[::2], flat[1::2], strict=True))


def every_message(message):
    yield message
    for field, value in message.ListFields():
        if field.message_type:
            for inner in value if field.is_repeated else [value]:
                yield from every_message(inner)


def test_symbols_begin_with_the_empty_text_and_come_once(request_message):
    assert request_message.symbols[0] == ""
    assert len(set(request_message.symbols)) == len(request_message.symbols)


def test_there_is_no_field_that_the_specification_does_not_name(request_message):
    known = MESSAGES["Request"]()
    known.CopyFrom(request_message)
    known.DiscardUnknownFields()
    assert known.ByteSize() == request_message.ByteSize()


def test_every_series_holds_samples_or_histograms_and_not_both(request_message):
    assert all(bool(series.samples) != bool(series.histograms) for series in request_message.timeseries)


def test_label_names_are_sorted_and_unique_and_nothing_is_empty(request_message):
    for series in request_message.timeseries:
        flat = texts(request_message, series.labels_refs)
        names = [name.encode() for name in flat[::2]]
        assert names == sorted(set(names)) and all(flat)


def test_samples(request_message):
    got = [
        (labels(request_message, series), struct.pack("<d", sample.value), sample.timestamp)
        for series in request_message.timeseries
        for sample in series.samples
    ]
    first = {"__name__": "requests_total", "code": "200", "path": "/"}
    start = 1_724_000_000_000
    assert got == [
        (first, struct.pack("<d", 1.5), start),
        ({"__name__": "requests_total", "code": "500", "path": "/"}, struct.pack("<d", 0.0), start + 1),
        ({"__name__": "latency_seconds_bucket", "le": "+Inf"}, struct.pack("<d", -0.0), start + 2),
        ({"__name__": "größe", "ü": "é", "v": "\U0001f600"}, struct.pack("<d", math.inf), start + 3),
        (first, struct.pack("<Q", 0x7FF0_0000_0000_0002), start + 15_000),
    ]


def test_histogram(request_message):
    [series] = [series for series in request_message.timeseries if series.histograms]
    [histogram] = series.histograms
    assert labels(request_message, series)["__name__"] == "größe"
    assert (histogram.count_int, histogram.sum, histogram.schema) == (5, 10.0, 2)
    assert (histogram.timestamp, histogram.start_timestamp) == (9, 7)


def test_exemplar_stands_with_its_sample(request_message):
    [series] = [series for series in request_message.timeseries if series.exemplars]
    [exemplar] = series.exemplars
    assert labels(request_message, series)["code"] == "500"
    assert labels(request_message, exemplar) == {"trace_id": "abc"}
    assert (exemplar.value, exemplar.timestamp) == (1.5, 8)


def test_metadata_goes_with_the_series_of_its_family(request_message):
    symbols = request_message.symbols
    got = [
        (series.metadata.type, symbols[series.metadata.help_ref], symbols[series.metadata.unit_ref])
        for series in request_message.timeseries
        if series.HasField("metadata")
    ]
    assert got == [(1, "Requests.", "requests")] + [(1, "", "requests")] * 2
