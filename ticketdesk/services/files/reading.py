"""What is needed to serve a file: where its bytes lie, and how a browser may treat them."""

from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.adapters.pictures.rendering import LARGE
from ticketdesk.adapters.storage import signature
from ticketdesk.errors import Conflict, Forbidden, NotFound
from ticketdesk.models import TicketAttachment
from ticketdesk.models.enums import AttachmentState, UserRole
from ticketdesk.services.files import access

Variant = Literal["original", "thumbnail", "preview"]
Disposition = Literal["inline", "attachment"]

SAFE_TO_SHOW = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
"""Kinds that browsers draw and never run."""
_NEVER_NAMED = frozenset(
    {"text/html", "image/svg+xml", "application/xml", "application/xhtml+xml", "text/xml"}
)


@dataclass(frozen=True, slots=True)
class Served:
    """A file, or a preview of it, as it is handed to a browser.

    `size` is None for previews, whose bytes the storage alone knows; `etag` is quoted.
    """

    id: str
    key: str
    name: str
    mime_type: str
    size: int | None
    etag: str
    disposition: Disposition
    is_preview: bool


def open_for(
    session: Session,
    actor: Actor,
    attachment_id: str,
    variant: Variant = "original",
    disposition: Disposition | None = None,
) -> Served:
    """Return how to serve a file to a caller.

    Args:
        disposition: `attachment` saves pictures, too; what is no safe picture is always saved.

    Raises:
        NotFound: no such file for this caller, or no such preview.
        Conflict: the file is still being checked for viruses.
        Forbidden: it is quarantined (said to admins only).
    """
    actor.require(UserRole.CUSTOMER, writes=False)
    return _served(access.find(session, actor, attachment_id), variant, disposition)


def open_signed(
    session: Session,
    attachment_id: str,
    variant: Variant,
    *,
    disposition: str,
    expires: str,
    signed: str,
) -> Served:
    """Return how to serve a file to whoever has an address that we signed (system role).

    Raises:
        Forbidden: the signature is altered or made for something else, or its time is over.
        NotFound, Conflict: as for everybody.
    """
    if not signature.is_genuine(attachment_id, variant, disposition, expires, signed):
        raise Forbidden("This link is not valid. Ask for a new one.", code="link_invalid")
    if signature.has_expired(expires):
        raise Forbidden("This link has expired. Ask for a new one.", code="link_expired")
    row = session.get(TicketAttachment, attachment_id)
    if row is None or row.state == AttachmentState.QUARANTINED:
        raise NotFound("There is no such file.")
    return _served(row, variant, "attachment" if disposition == "attachment" else "inline")


def signed_link(
    session: Session,
    actor: Actor,
    attachment_id: str,
    *,
    expires_in: int = 3600,
    variant: Variant = "original",
    disposition: Disposition = "attachment",
) -> str:
    """Return the path of a file with a signature that opens it without signing in.

    Args:
        expires_in: seconds, at most a week.

    Raises:
        NotFound: no such file for this caller.
    """
    actor.require(UserRole.CUSTOMER, writes=False)
    row = access.find(session, actor, attachment_id)
    query = signature.query(row.id, expires_in, variant=variant, disposition=disposition)
    tail = "" if variant == "original" else "/thumbnail"
    size = "&size=large" if variant == "preview" else ""
    return f"/api/attachments/{row.id}{tail}?{query}{size}"


def _served(row: TicketAttachment, variant: Variant, wanted: Disposition | None) -> Served:
    if row.state == AttachmentState.CHECKING:
        raise Conflict("This file is being checked for viruses. Try again soon.", code="checking")
    if row.state == AttachmentState.QUARANTINED:
        raise Forbidden(f"This file is blocked: {row.state_reason}.", code="quarantined")
    if variant != "original":
        return _preview(row, variant)
    shown = row.mime_type in SAFE_TO_SHOW and wanted != "attachment"
    return Served(
        id=row.id,
        key=row.storage_key,
        name=row.original_name,
        mime_type="application/octet-stream" if row.mime_type in _NEVER_NAMED else row.mime_type,
        size=row.size,
        etag=f'"{row.sha256}"',
        disposition="inline" if shown else "attachment",
        is_preview=False,
    )


def _preview(row: TicketAttachment, variant: Variant) -> Served:
    key = row.preview_key if variant == "preview" else row.thumbnail_key
    if key is None:
        raise NotFound("There is no preview of this file.")
    mark = LARGE if variant == "preview" else "small"
    return Served(
        id=row.id,
        key=key,
        name=f"{row.original_name}.webp",
        mime_type="image/webp",
        size=None,
        etag=f'"{row.sha256[:40]}-{mark}"',
        disposition="inline",
        is_preview=True,
    )
