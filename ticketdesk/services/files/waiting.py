"""Uploads that wait for their message: what a draft names, and what may still be added."""

from typing import Any

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import TicketAttachment
from ticketdesk.models.enums import AttachmentState, UserRole
from ticketdesk.services import ticket_settings
from ticketdesk.services.files.tiles import tile


def named(session: Session, actor: Actor, attachment_ids: Any) -> list[dict[str, Any]]:
    """Return the caller's own uploads among those that a draft names, as tiles in its order.

    Args:
        attachment_ids: as the draft has them; whatever is no identifier is passed over.
    """
    actor.require(UserRole.CUSTOMER, writes=False)
    ids = [one for one in attachment_ids or () if isinstance(one, str)][:200]
    if not ids or actor.user_id is None:
        return []
    rows = session.exec(
        select(TicketAttachment).where(
            TicketAttachment.organization_id == actor.organization_id,
            TicketAttachment.uploaded_by_id == actor.user_id,
            col(TicketAttachment.id).in_(ids),
            col(TicketAttachment.ticket_id).is_(None),
            col(TicketAttachment.chat_message_id).is_(None),
            TicketAttachment.state != AttachmentState.QUARANTINED,
        )
    ).all()
    return [tile(row) for row in sorted(rows, key=lambda row: ids.index(row.id))]


def limits(session: Session, actor: Actor) -> dict[str, int]:
    """Return what the upload parts of a screen should refuse at once: bytes a file, files."""
    actor.require(UserRole.CUSTOMER, writes=False)
    rules = ticket_settings.of(session, actor.organization_id).files
    return {"bytes": rules.max_file_bytes, "files": rules.max_files}
