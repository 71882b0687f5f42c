"""Large contents are kept out of the MIME parser, which makes an object of every line.

A message of 30 MB would cost it a gigabyte when its lines are short. So each large content
between two lines that may be boundaries becomes one line with a token, and whoever asks for the
content gets the bytes from the raw message itself.
"""

import binascii
import re
import secrets
from dataclasses import dataclass, field
from itertools import islice

LARGE = 256 * 1024
MAX_BOUNDARIES = 5_000
_SMALL_MESSAGE = 1024 * 1024
_HEADER_ROOM = 2 * 1024 * 1024
_DASHES = re.compile(rb"^--", re.MULTILINE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_END_OF_LINE = re.compile(rb"\r?\n\Z")


@dataclass(slots=True)
class Bulk:
    """The raw message and which of its slices stand behind which token."""

    raw: bytes = field(default=b"", repr=False)
    slices: dict[str, tuple[int, int]] = field(default_factory=dict)
    mark: str = ""

    def content(self, token: str, encoding: str, limit: int | None = None) -> bytes | None:
        """Decoded bytes behind `token`, about `limit` at most; None when it is no token of ours."""
        place = self.slices.get(token.strip())
        if place is None:
            return None
        start, end = place
        encoding = encoding.strip().lower()
        if limit is not None:
            end = min(end, start + 2 * limit)
        piece = memoryview(self.raw)[start:end]
        if encoding == "base64":
            return _base64(piece)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(bytes(piece))
        return bytes(piece)

    def restore(self, source: bytes) -> bytes:
        """`source` with every token replaced by the bytes it stands for."""
        if self.mark and self.mark.encode() in source:
            for token, (start, end) in self.slices.items():
                source = source.replace(token.encode(), self.raw[start:end])
        return source


def hollow(raw: bytes) -> tuple[bytes, Bulk, str | None]:
    """The message without its large contents, what was taken out, and a note if parts are lost."""
    if len(raw) <= _SMALL_MESSAGE:
        return raw, Bulk(), None
    starts = [found.start() for found in islice(_DASHES.finditer(raw), MAX_BOUNDARIES + 1)]
    note = None
    if len(starts) > MAX_BOUNDARIES:
        # No mail program writes so many parts: what follows the headers is taken as one content.
        starts, note = [], f"more than {MAX_BOUNDARIES} possible boundaries; its parts stay unread"
    bulk = Bulk(raw=raw, mark=f"bulk-{secrets.token_hex(12)}")
    pieces: list[bytes] = []
    for start, end in zip([0, *starts], [*starts, len(raw)], strict=True):
        _take(bulk, pieces, start, end)
    return b"".join(pieces), bulk, note


def _take(bulk: Bulk, pieces: list[bytes], start: int, end: int) -> None:
    """One stretch from a possible boundary to the next: headers stay, a large content goes."""
    if end - start <= LARGE:
        pieces.append(bulk.raw[start:end])
        return
    blank = _BLANK_LINE.search(bulk.raw, start, min(end, start + _HEADER_ROOM))
    line = bulk.raw.find(b"\n", start, end) + 1
    content = blank.end() if blank else (line or start)
    pieces.append(bulk.raw[start:content])
    if end - content <= LARGE:
        pieces.append(bulk.raw[content:end])
        return
    # The line break in front of a boundary belongs to the boundary (RFC 2046, 5.1.1).
    last = _END_OF_LINE.search(bulk.raw, max(content, end - 2), end)
    stop = last.start() if last else end
    token = f"{bulk.mark}-{len(bulk.slices)}"
    bulk.slices[token] = (content, stop)
    pieces.append(token.encode() + bulk.raw[stop:end])


def _base64(piece: memoryview) -> bytes:
    try:
        return binascii.a2b_base64(piece)
    except binascii.Error:
        whole = len(piece) - len(piece) % 4
        for length in (whole, whole - 4, 0):
            try:
                return binascii.a2b_base64(bytes(piece[:length]).rstrip(b"=\r\n") + b"==")
            except binascii.Error:
                continue
    return bytes(piece)
