"""What goes by itself: uploads that nobody sent, and what broken-off ones left in the storage."""

from collections import defaultdict
from datetime import timedelta

from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.adapters.storage import storage
from ticketdesk.models import OutboxEvent, TicketAttachment
from ticketdesk.models.enums import AttachmentState
from ticketdesk.services.files import references
from ticketdesk.services.files.records import SCAN, follow

WAITING = timedelta(days=1)
"""How long an upload waits for the message or ticket that names it."""
_AT_ONCE = 500


def forget_abandoned(session: Session) -> int:
    """Delete uploads of more than a day ago that nothing refers to (system role).

    Returns:
        How many went; their bytes follow through the outbox.
    """
    rows = session.exec(
        select(TicketAttachment)
        .where(
            col(TicketAttachment.ticket_id).is_(None),
            col(TicketAttachment.response_id).is_(None),
            col(TicketAttachment.chat_message_id).is_(None),
            col(TicketAttachment.created_at) < clock.now() - WAITING,
        )
        .order_by(col(TicketAttachment.created_at))
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    by_organization: dict[str, list[TicketAttachment]] = defaultdict(list)
    for row in rows:
        by_organization[row.organization_id].append(row)
        session.delete(row)
    session.flush()
    for organization_id, gone in by_organization.items():
        references.let_go(session, organization_id, gone)
    return len(rows)


def ask_again(session: Session) -> int:
    """Promise another scan of files that are still held after a day (system role).

    Their first promise was given up after eight tries: the scanner was away for longer than that.

    Returns:
        How many are looked at again.
    """
    waiting = select(OutboxEvent.id).where(
        col(OutboxEvent.subscriber) == SCAN,
        col(OutboxEvent.done_at).is_(None),
        col(OutboxEvent.failed_at).is_(None),
        col(OutboxEvent.payload)["attachmentId"].as_string() == col(TicketAttachment.id),
    )
    rows = session.exec(
        select(TicketAttachment)
        .where(
            TicketAttachment.state == AttachmentState.CHECKING,
            col(TicketAttachment.created_at) < clock.now() - WAITING,
            ~waiting.exists(),
        )
        .limit(_AT_ONCE)
    ).all()
    for row in rows:
        follow(session, row)
    return len(rows)


def clear_unfinished() -> int:
    """Remove what uploads broken off more than a day ago left in the storage."""
    return storage().clear_unfinished(clock.now() - WAITING)
