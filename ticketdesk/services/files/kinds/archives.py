"""Archives that unpack to far more than they are: refused before somebody opens them."""

import io
import struct
import zipfile
import zlib
from typing import BinaryIO

from ticketdesk.errors import UnsupportedKind

MOST_ENTRIES = 20_000
HARMLESS = 100 * 1024 * 1024
"""Below this many unpacked bytes no ratio is a danger."""
MOST_TIMES = 150
MOST_DIRECTORY = 4 * 1024 * 1024
"""Bytes of an archive's directory: every 46 of them may become an entry in memory."""
_DEEPEST = 4
_MOST_NESTED = 64
_NESTED_LIMIT = 8 * 1024 * 1024
_NESTED = (".zip", ".jar", ".docx", ".xlsx", ".pptx", ".odt")
# The others ask for as much memory to unpack as the archive likes.
_CHEAP = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED = (
    zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, EOFError, zlib.error,
)  # fmt: skip
_END, _END_64, _PLACE_OF_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_TAIL = 22 + 65_535 + 20


def require_tame_zip(file: BinaryIO, size: int) -> None:
    """Refuse a ZIP bomb: too much, too many entries, overlapping entries, or bombs inside.

    Args:
        file: open for seeking; only its directory and small archives inside are read.
        size: bytes of the file.

    Raises:
        UnsupportedKind: says that it unpacks to too much.
    """
    try:
        total = _unpacked(file, _Budget(), 0)
    except _DAMAGED:
        # A damaged archive unpacks to nothing; whoever opens it will be told so.
        return
    if total > HARMLESS and total > MOST_TIMES * max(size, 1):
        raise _refusal()


def require_tame_gzip(file: BinaryIO, size: int) -> None:
    """Refuse a gzip file whose own trailer promises more than its size allows."""
    if size < 18:
        return
    file.seek(size - 4)
    promised = struct.unpack("<L", file.read(4))[0]
    # Gzip cannot go beyond 1,032 times; honest logs stay below a few hundred.
    if promised > HARMLESS and promised > 4 * MOST_TIMES * size:
        raise _refusal()


class _Budget:
    """How many archives inside archives may still be opened."""

    def __init__(self) -> None:
        self.left = _MOST_NESTED


def _unpacked(file: BinaryIO, budget: _Budget, depth: int) -> int:
    if _directory_bytes(file) > MOST_DIRECTORY:
        raise _refusal()
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise _refusal()
        _refuse_overlaps(entries)
        total = 0
        for entry in entries:
            total += entry.file_size
            if entry.filename.lower().endswith(_NESTED) and entry.file_size <= _NESTED_LIMIT:
                total += _inside(archive, entry, budget, depth)
        return total


def _inside(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: _Budget, depth: int) -> int:
    """Return what a small archive inside would unpack to; deep nests are bombs by themselves."""
    if entry.flag_bits & 1 or entry.compress_type not in _CHEAP or budget.left == 0:
        return 0
    if depth >= _DEEPEST:
        raise _refusal()
    budget.left -= 1
    try:
        with archive.open(entry) as inner:
            content = io.BytesIO(inner.read(_NESTED_LIMIT))
        return _unpacked(content, budget, depth + 1)
    except _DAMAGED:
        return 0


def _directory_bytes(file: BinaryIO) -> int:
    """Return how large an archive says its directory is; 0 where no end of one can be found.

    Read by hand (APPNOTE 4.3.14 to 4.3.16), because opening the archive reads all of it.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    end = tail.rfind(_END)
    if end < 0 or len(tail) - end < 22:
        return 0
    said = int.from_bytes(tail[end + 12 : end + 16], "little")
    place = tail[max(0, end - 20) : end]
    if place[:4] == _PLACE_OF_64:
        file.seek(min(int.from_bytes(place[8:16], "little"), size))
        large = file.read(56)
        if large[:4] == _END_64:
            said = max(said, int.from_bytes(large[40:48], "little"))
    return said


def _refuse_overlaps(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse entries that share the same bytes: how a small file claims petabytes."""
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            raise _refusal()
        end = entry.header_offset + 30 + len(entry.orig_filename) + entry.compress_size


def _refusal() -> UnsupportedKind:
    message = "This archive would unpack to far more than its size. Send the files themselves."
    return UnsupportedKind(message, code="archive_bomb", fields={"file": message})
