"""Reading what the public posts: fields first, then files, straight into the storage."""

from collections.abc import Callable
from urllib.parse import parse_qsl

from starlette.requests import Request

from ticketdesk import unit_of_work
from ticketdesk.api.embed import room
from ticketdesk.api.file_upload import Body, Values, chunks, read_body
from ticketdesk.errors import TooLarge
from ticketdesk.services import idempotency
from ticketdesk.services.embed import limits, pending_files
from ticketdesk.services.embed.pending_files import Waiting
from ticketdesk.services.files.intake import Taken
from ticketdesk.services.files.uploads import Admission
from ticketdesk.web.client_address import client_address

PATIENCE = 30.0  # seconds without a byte; who sends slower keeps a place from others
_MOST_FIELDS = 300
_MOST_TEXT = 512 * 1024


async def receive(
    request: Request, admit: Callable[[Values], Admission]
) -> tuple[Values, list[Taken]]:
    """Read a public form, multipart or not; nothing is stored of one that is refused.

    Args:
        admit: called in a thread before the first file with the fields in front of it.

    Raises:
        TooMany: too much comes in, from this address or at all.
        TooLarge, UnsupportedKind, Invalid, Malformed: what is wrong with it.
    """
    address = client_address(request)
    with room.uploading(address):
        content_type = request.headers.get("content-type", "")
        if content_type.startswith("application/x-www-form-urlencoded"):
            return await _fields(request), []
        body = Body(
            content_type,
            admit,
            limits.Meter(address).count,
            most_fields=_MOST_FIELDS,
            skips_empty=True,
        )
        return await read_body(request, body, patience=PATIENCE)


def admission(organization_id: str, address: str, most_files: int) -> Admission:
    """Count an upload that begins and say how much of it fits.

    Raises:
        TooMany: too many from one address, or waiting for tickets in this organization.
    """
    limits.admit(
        (limits.UPLOAD_FROM, "upload-from", address),
        (limits.UPLOAD_TO, "upload-to", organization_id),
    )
    limits.admit_bytes(address, 0)
    return unit_of_work.as_anonymous(organization_id, pending_files.admit, most_files)


async def keep(organization_id: str, taken: list[Taken]) -> list[str]:
    """Keep what came and return a handle for each; a file that cannot be kept leaves nothing."""
    try:
        return await room.run(unit_of_work.as_anonymous, organization_id, pending_files.keep, taken)
    finally:
        await discard(taken)


async def keep_once(
    request: Request, organization_id: str, taken: list[Taken], place: str
) -> Waiting:
    """Keep the one file that came, or find it kept already under the request's Idempotency-Key.

    Args:
        place: as for `pending_files.keep_once`.
    """
    key = idempotency.of_visitor(request.headers.get("idempotency-key"), client_address(request))
    verb = pending_files.keep_once
    try:
        return await room.run(
            unit_of_work.as_anonymous, organization_id, verb, taken[0], place, key=key
        )
    finally:
        await discard(taken)


async def discard(taken: list[Taken]) -> None:
    """Leave nothing of what was not kept."""
    for one in taken:
        await room.run(one.incoming.discard)


async def _fields(request: Request) -> Values:
    parts, size = [], 0
    async for chunk in chunks(request, PATIENCE):
        size += len(chunk)
        if size > _MOST_TEXT:
            raise TooLarge("This is more text than we can take.")
        parts.append(chunk)
    text = b"".join(parts).decode("latin-1")
    return parse_qsl(text, keep_blank_values=True, max_num_fields=None)[:_MOST_FIELDS]
