"""Builds winmail.dat ([MS-OXTNEF]): enough of it to hold a body and files."""

import struct


def _attribute(level: int, number: int, kind: int, data: bytes) -> bytes:
    head = struct.pack("<BHHI", level, number, kind, len(data))
    return head + data + struct.pack("<H", sum(data) & 0xFFFF)


def _property(kind: int, number: int, value: bytes) -> bytes:
    padding = b"\0" * (-len(value) % 4)
    return struct.pack("<HHII", kind, number, 1, len(value)) + value + padding


def properties(*entries: tuple[int, int, bytes]) -> bytes:
    """A property list: (type, number, value) each."""
    return struct.pack("<I", len(entries)) + b"".join(_property(*e) for e in entries)


def winmail(body: str, files: dict[str, bytes]) -> bytes:
    """A winmail.dat with a text body and files under their long names."""
    raw = struct.pack("<IH", 0x223E9F78, 1)
    text = properties((0x001F, 0x1000, body.encode("utf-16-le") + b"\0\0"))
    raw += _attribute(1, 0x9003, 6, text)
    for name, content in files.items():
        raw += _attribute(2, 0x9002, 6, b"\0" * 14)
        raw += _attribute(2, 0x8010, 1, b"SHORT~1.PDF\0")
        raw += _attribute(2, 0x800F, 6, content)
        long_name = (0x001F, 0x3707, name.encode("utf-16-le") + b"\0\0")
        raw += _attribute(2, 0x9005, 6, properties(long_name))
    return raw
