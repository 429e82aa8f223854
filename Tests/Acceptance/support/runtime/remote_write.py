"""Reads remote-write requests without the code under test: protobuf by its wire format, snappy by another library."""
import struct

import cramjam


def varint(data, index):
    value = shift = 0
    while True:
        byte = data[index]
        index += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, index
        shift += 7


def fields(data):
    """Number and value of each field: an integer, eight bytes, or the bytes of a message."""
    index = 0
    while index < len(data):
        tag, index = varint(data, index)
        match tag & 7:
            case 0:
                value, index = varint(data, index)
            case 1:
                value, index = data[index:index + 8], index + 8
            case 2:
                length, index = varint(data, index)
                value, index = data[index:index + length], index + length
            case wire:
                raise ValueError(f"wire type {wire}")
        yield tag >> 3, value


def signed(value):
    return value - (1 << 64) if value >> 63 else value


def label(data):
    parts = dict(fields(data))
    return parts.get(1, b"").decode(), parts.get(2, b"").decode()


def sample(data):
    """Timestamp in milliseconds and the value's bits."""
    parts = dict(fields(data))
    return signed(parts.get(2, 0)), struct.unpack("<Q", parts.get(1, bytes(8)))[0]


def series(body):
    """Labels and samples of each TimeSeries of a 1.0 request, in order."""
    for number, message in fields(cramjam.snappy.decompress_raw(body).read()):
        if number != 1:
            continue
        labels, samples = [], []
        for field, value in fields(message):
            if field == 1:
                labels.append(label(value))
            elif field == 2:
                samples.append(sample(value))
        yield tuple(labels), samples


def bits(value):
    return struct.unpack("<Q", struct.pack("<d", value))[0]


STALE = 0x7FF0000000000002


def encoded_varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def message(number, data):
    return encoded_varint(number << 3 | 2) + encoded_varint(len(data)) + data


def request(all_series):
    """The compressed body of a 1.0 request; `all_series` as `series` gives it, values as bits."""
    body = b""
    for labels, samples in all_series:
        inside = b"".join(message(1, message(1, name.encode()) + message(2, value.encode())) for name, value in labels)
        inside += b"".join(message(2, b"\x09" + struct.pack("<Q", value) + b"\x10" + encoded_varint(time)) for time, value in samples)
        body += message(1, inside)
    return bytes(cramjam.snappy.compress_raw(body))
