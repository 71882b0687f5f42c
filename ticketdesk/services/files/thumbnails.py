"""Previews of files: which one is wanted, and what to write down once it is drawn."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from ticketdesk import outbox
from ticketdesk.actor import Actor
from ticketdesk.adapters.pictures.rendering import DRAWABLE
from ticketdesk.adapters.storage.provider import Pictures
from ticketdesk.models import TicketAttachment
from ticketdesk.models.enums import AttachmentState, UserRole
from ticketdesk.outbox import Promise
from ticketdesk.services.files import references
from ticketdesk.services.files.announce import announce


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that has no preview yet."""

    key: str
    mime_type: str


def wanted(session: Session, actor: Actor, attachment_id: str) -> Wanted | None:
    """Return what to draw, or None when there is nothing (any more) to draw."""
    actor.require(UserRole.ADMIN)
    row = session.get(TicketAttachment, attachment_id)
    if row is None or row.state != AttachmentState.READY or row.thumbnail_key:
        return None
    return Wanted(row.storage_key, row.mime_type) if row.mime_type in DRAWABLE else None


def record(
    session: Session, actor: Actor, promise: Promise, key: str, pictures: Pictures | None
) -> None:
    """Write the previews down for every file that shares the bytes, and tell open pages.

    None records that there is nothing to see: the file keeps its icon, and that is no error.
    """
    actor.require(UserRole.ADMIN)
    references.hold(session, [key])
    rows = session.exec(
        select(TicketAttachment)
        .where(
            TicketAttachment.organization_id == actor.organization_id,
            col(TicketAttachment.storage_key) == key,
        )
        .with_for_update()
    ).all()
    outbox.finish(session, promise)
    if pictures is None:
        return
    if not rows:
        # Deleted while it was being drawn: the fresh previews go, too.
        references.delete_later(session, actor.organization_id, [key])
        return
    for row in rows:
        row.thumbnail_key = pictures.thumbnail_key
        row.preview_key = pictures.preview_key
        row.width = pictures.rendered.width or row.width
        row.height = pictures.rendered.height or row.height
        session.add(row)
        announce(session, row)
    session.flush()
