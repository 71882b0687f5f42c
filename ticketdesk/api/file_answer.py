"""Serving bytes to browsers: ranges, ETags, and headers under which nothing ever runs."""

import re
from collections.abc import Mapping

from starlette.responses import RedirectResponse, Response, StreamingResponse

from ticketdesk.adapters.storage import place_of
from ticketdesk.adapters.storage.disposition import content_disposition
from ticketdesk.adapters.storage.failures import NotStored
from ticketdesk.adapters.storage.provider import Link, StorageProvider
from ticketdesk.api.file_threads import in_file_thread, pieces_of
from ticketdesk.services.files.reading import Served
from ticketdesk.web.etag import is_known

_RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")
_SANDBOX = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
_DIRECT_SECONDS = 60


def guarded(disposition: str, name: str) -> dict[str, str]:
    """Return the headers of every file: it may be looked at or saved, and nothing else."""
    return {
        "Content-Disposition": content_disposition(disposition, name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": _SANDBOX,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
    }


async def file_answer(method: str, sent: Mapping[str, str], served: Served) -> Response:
    """Answer GET or HEAD for a file (RFC 9110: conditions, single ranges).

    Args:
        sent: the request's headers.

    Raises:
        NotStored: the bytes are gone.
        StorageUnavailable: try again later.
    """
    headers = guarded(served.disposition, served.name) | {
        "ETag": served.etag,
        "Accept-Ranges": "bytes",
        # The bytes of an identifier never change; who may see them can.
        "Cache-Control": "private, max-age=86400" if served.is_preview else "private, no-cache",
    }
    if is_known(sent.get("if-none-match"), served.etag):
        return Response(status_code=304, headers=headers)
    place, key = place_of(served.key)
    if place.direct and served.disposition == "attachment":
        link = Link(served.id, key, served.name, served.mime_type)
        address = await in_file_thread(place.signed_url, link, _DIRECT_SECONDS)
        return RedirectResponse(address, 302, {"Cache-Control": "private, no-store"})
    size = served.size if served.size is not None else await _size_of_preview(place, key)
    span = _span(sent, served.etag, size)
    if span is None:
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    start, end = span
    is_part = end - start < size
    if is_part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    headers["Content-Length"] = str(end - start)
    status = 206 if is_part else 200
    if method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=served.mime_type)
    length = end - start if is_part else None
    pieces = await in_file_thread(place.read, key, start, length)
    return StreamingResponse(
        pieces_of(pieces), status_code=status, headers=headers, media_type=served.mime_type
    )


async def _size_of_preview(place: StorageProvider, key: str) -> int:
    found = await in_file_thread(place.stat, key)
    if found is None:
        raise NotStored("There is no preview of this file.")
    return found.size


def _span(sent: Mapping[str, str], etag: str, size: int) -> tuple[int, int] | None:
    """Return the wanted bytes from, to (excluded); None for what does not exist.

    Several ranges, or an `If-Range` of another version, get the whole file.
    """
    asked = sent.get("range", "")
    condition = sent.get("if-range")
    match = _RANGE.fullmatch(asked.strip())
    if not match or match.group() == "bytes=-" or (condition and condition.strip() != etag):
        return 0, size
    first, last = match.groups()
    if not first:
        length = int(last)
        return (max(0, size - length), size) if length and size else None
    start = int(first)
    end = min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return 0, size
    return (start, end) if start < size else None
