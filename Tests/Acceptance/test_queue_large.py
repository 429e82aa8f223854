"""A start on a large backlog reads what it must and no more."""
import struct

from support.measured import measured
from support.spool import listing, writer

SEGMENTS, SEGMENT_BYTES, RECORDS, SAMPLES = 160, 64 << 20, 1000, 5_000_000
SEAL_BYTES = 48 + 56


def table():
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82f63b78 if byte & 1 else 0)
        yield byte


TABLE = list(table())


def crc32c(data):
    crc = 0xffffffff
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 0xff]
    return crc ^ 0xffffffff


def sealed(number):
    """Header and seal of a full segment (docs/formats/spool.md, 3 and 5.6); what is between them is a hole."""
    first, before = 1 + (number - 1) * RECORDS, (number - 1) * SAMPLES
    header = struct.pack("<8sHHIQQQq12x", b"rescfgS\n", 1, 1, 0, number, first, before, number * 1000)
    payload = struct.pack("<QQqq24x", RECORDS, SAMPLES, number * 1000, number * 1000 + 999)
    place = SEGMENT_BYTES - SEAL_BYTES
    seal = struct.pack("<IBBHIQQIqI", 0x9ef05cd7, 4, 0, 0, len(payload), first + RECORDS, before + SAMPLES, 0, 0, crc32c(payload))
    seal += struct.pack("<I", crc32c(struct.pack("<QQ", number, place) + seal))
    return header + struct.pack("<I", crc32c(header)), place, seal + payload


def test_start_on_ten_gibibytes(tmp_path):
    queue = tmp_path / "q"
    queue.mkdir(mode=0o700)
    for number in range(1, SEGMENTS + 1):
        header, place, seal = sealed(number)
        with open(queue / f"{number:016x}.seg", "wb") as file:
            file.write(header)
            file.seek(place)
            file.write(seal)
    assert sum(path.stat().st_size for path in queue.iterdir()) == 10 << 30
    ran = measured(writer(), queue, "--commits", "1", "--cap", 20 << 30)
    assert ran.code == 0
    assert f"queued={SEGMENTS * SAMPLES + 10} " in ran.stdout
    assert ran.peak_bytes < 128 << 20
    # The two ends of each segment, with what a disk reads ahead, and not the 10 GiB between them.
    assert ran.read_bytes < 160 << 20
    listed = listing(queue)
    assert listed["total"]["segments"] == SEGMENTS + 1 and listed["total"]["samples"] == SEGMENTS * SAMPLES + 10
