"""MAPI property lists as they stand inside TNEF ([MS-OXTNEF] 2.1.3.4), read with bounds.

Counts in the data are the sender's word: every read is checked against the bytes that are there,
so a list that claims four thousand million values ends at once (general TNEF readers spin there).
"""

import struct

_UNICODE, _STRING = 0x001F, 0x001E
_FIXED = {
    0x0002: 4,
    0x0003: 4,
    0x0004: 4,
    0x0005: 8,
    0x0006: 8,
    0x0007: 8,
    0x000A: 4,
    0x000B: 4,
    0x0014: 8,
    0x0040: 8,
    0x0048: 16,
}
_VARIABLE = frozenset({0x000D, _STRING, _UNICODE, 0x0102})
_MANY = 0x1000


class Broken(ValueError):
    """The data ends before what it announced."""


class _Reader:
    def __init__(self, data: memoryview) -> None:
        self._data = data
        self._at = 0

    def take(self, length: int) -> bytes:
        piece = self._data[self._at : self._at + length]
        if len(piece) < length:
            raise Broken("truncated")
        self._at += length
        return bytes(piece)

    def u16(self) -> int:
        return struct.unpack("<H", self.take(2))[0]

    def u32(self) -> int:
        return struct.unpack("<I", self.take(4))[0]

    def padded(self) -> bytes:
        length = self.u32()
        piece = self.take(length)
        # The last value of a list may come without its padding.
        self._at += -length % 4
        return piece


def properties(data: memoryview) -> dict[int, bytes | str]:
    """First value of each property by its number, strings decoded; stops where the data breaks."""
    reader, found = _Reader(data), {}
    try:
        for _ in range(reader.u32()):
            number, value = _property(reader)
            if number and value is not None:
                found.setdefault(number, value)
    except Broken:
        return found
    return found


def _property(reader: _Reader) -> tuple[int, bytes | str | None]:
    kind, number = reader.u16(), reader.u16()
    if number >= 0x8000:
        number = 0
        reader.take(16)
        if reader.u32() == 0:
            reader.u32()
        else:
            reader.padded()
    many, kind = bool(kind & _MANY), kind & ~_MANY
    if kind in _FIXED:
        size = _FIXED[kind]
        values = [reader.take(size) for _ in range(reader.u32() if many else 1)]
    elif kind in _VARIABLE:
        values = [reader.padded() for _ in range(reader.u32())]
    else:
        raise Broken(f"type {kind:#x}")
    first = values[0] if values else None
    if kind == _UNICODE and first is not None:
        return number, first.decode("utf-16-le", "replace").rstrip("\0")
    return number, first
