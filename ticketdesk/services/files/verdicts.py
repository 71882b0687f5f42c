"""Virus checks: which file is held, and what its verdict changes."""

from sqlmodel import Session, col, select

from ticketdesk import outbox
from ticketdesk.actor import Actor
from ticketdesk.adapters.scanner import Verdict
from ticketdesk.models import TicketAttachment
from ticketdesk.models.enums import AttachmentState, UserRole
from ticketdesk.outbox import Promise
from ticketdesk.services.files.announce import announce
from ticketdesk.services.files.records import follow


def held(session: Session, actor: Actor, attachment_id: str) -> str | None:
    """Return the storage key of a file that waits for its verdict, or None."""
    actor.require(UserRole.ADMIN)
    row = session.get(TicketAttachment, attachment_id)
    return row.storage_key if row and row.state == AttachmentState.CHECKING else None


def record(session: Session, actor: Actor, promise: Promise, key: str, verdict: Verdict) -> None:
    """Release or quarantine every file that shares the bytes, and tell open pages."""
    actor.require(UserRole.ADMIN)
    rows = session.exec(
        select(TicketAttachment)
        .where(
            TicketAttachment.organization_id == actor.organization_id,
            col(TicketAttachment.storage_key) == key,
            TicketAttachment.state == AttachmentState.CHECKING,
        )
        .with_for_update()
    ).all()
    for row in rows:
        row.state = AttachmentState.READY if verdict.is_clean else AttachmentState.QUARANTINED
        row.state_reason = _reason(verdict)
        session.add(row)
        announce(session, row)
    session.flush()
    if rows:
        follow(session, rows[0])
    outbox.finish(session, promise)


def _reason(verdict: Verdict) -> str | None:
    if verdict.threat:
        return f"the virus scanner found {verdict.threat}"
    return verdict.unscannable
