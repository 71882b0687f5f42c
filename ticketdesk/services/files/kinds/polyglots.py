"""Files that are two things at once: a picture to one reader, a script or an archive to another."""

import re

from ticketdesk.errors import UnsupportedKind

TAIL = 66_000
"""Bytes of the end to look at: an archive's directory mark lies within its last 65,557."""

_SCRIPT_IN_PICTURE = (b"<script", b"<?php", b"<html", b"<!doctype html", b"<iframe", b"<%@ page")
_LONGEST = max(map(len, _SCRIPT_IN_PICTURE))
_ZIP_END = b"PK\x05\x06"
_PICTURES = frozenset(
    {
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/avif",
        "image/bmp",
        "image/x-icon",
    }
)
_OPENS_COMMENT = re.compile(rb"/\*|//")
_PRINTABLE = re.compile(rb"[\t\n\r\x20-\x7e]+")


class PolyglotWatch:
    """Looks at a file as it streams by.

    Args:
        mime_type: what the file's beginning says it is.
        head: that beginning.

    Raises:
        UnsupportedKind: from any method, once the file turns out to be something else as well.
    """

    def __init__(self, mime_type: str, head: bytes) -> None:
        self._mime_type = mime_type
        self._is_picture = mime_type in _PICTURES
        self._tail = b""
        _refuse_script_head(mime_type, head)

    def see(self, chunk: bytes) -> None:
        """Look at the next bytes."""
        if not self._is_picture:
            if self._mime_type == "application/pdf":
                self._tail = (self._tail + chunk)[-TAIL:]
            return
        window = (self._tail[-_LONGEST:] + chunk).lower()
        if any(mark in window for mark in _SCRIPT_IN_PICTURE):
            raise _refusal("a script or a web page")
        self._tail = (self._tail + chunk)[-TAIL:]

    def finish(self) -> None:
        """Look at the end."""
        end = self._tail.rfind(_ZIP_END)
        if end >= 0 and len(self._tail) - end >= 22:
            raise _refusal("an archive")


def _refuse_script_head(mime_type: str, head: bytes) -> None:
    """Refuse pictures whose first bytes also begin a JavaScript program.

    A GIF's size, a JPEG's first length, a WebP's or a bitmap's total can be chosen so that they
    read `/*` or `=1`: then everything up to the end of the comment is hidden from the script.
    """
    start = {"image/gif": 6, "image/jpeg": 4, "image/webp": 4, "image/bmp": 2}.get(mime_type)
    if start is None:
        return
    field = head[start : start + 4]
    if _OPENS_COMMENT.match(field) or (
        mime_type in {"image/gif", "image/bmp"} and _PRINTABLE.fullmatch(field)
    ):
        raise _refusal("a script")


def _refusal(what: str) -> UnsupportedKind:
    message = f"The file looks like a picture or document and is {what} as well."
    return UnsupportedKind(message, code="polyglot", fields={"file": message})
