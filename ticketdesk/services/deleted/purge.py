"""When a deleted ticket's time is over, or somebody does not want to wait for that."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, delete, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound
from ticketdesk.models import DeletedTicket
from ticketdesk.models.enums import UserRole
from ticketdesk.services import audit
from ticketdesk.services.files import references

KEPT_DAYS = 30
KEPT = timedelta(days=KEPT_DAYS)
"""How long a deleted ticket can be restored."""
_AT_ONCE = 100


def organizations(session: Session) -> list[str]:
    """Return the organizations whose deleted tickets are due to go (system role)."""
    due = select(DeletedTicket.organization_id).where(DeletedTicket.created_at < clock.now() - KEPT)
    return list(session.exec(due.distinct()).all())


def purge_due(session: Session, actor: Actor) -> bool:
    """Let the next hundred tickets go whose time is over, with their files; True when none is left.

    The bytes are deleted by a job once the transaction has committed.
    """
    actor.require(UserRole.ADMIN)
    gone = let_go(session, actor.organization_id, DeletedTicket.created_at < clock.now() - KEPT)
    if gone:
        audit.record(session, actor, "ticket.purged", after={"tickets": len(gone)})
    return len(gone) < _AT_ONCE


def purge(session: Session, actor: Actor, ticket_id: str) -> str:
    """Let one deleted ticket go for good now, with its files, and say so.

    Raises:
        NotFound: it was not deleted, was restored, or has gone already.
    """
    actor.require(UserRole.ADMIN)
    gone = let_go(session, actor.organization_id, DeletedTicket.id == ticket_id)
    if not gone:
        raise NotFound("There is no such deleted ticket.")
    number = gone[0].ticket_number
    named = f"#{number} {gone[0].subject}"
    audit.record(session, actor, "ticket.purged", subject_id=ticket_id, subject_name=named)
    return f"{number} has gone for good"


def let_go(session: Session, organization_id: str, which: Any) -> list[Any]:
    """Let the next hundred deleted tickets that meet a condition go for good.

    Returns:
        Their `id`, `ticket_number` and `subject`.
    """
    rows = session.exec(
        select(
            DeletedTicket.id,
            DeletedTicket.ticket_number,
            DeletedTicket.subject,
            DeletedTicket.storage_keys,
        )
        .where(DeletedTicket.organization_id == organization_id, which)
        .order_by(col(DeletedTicket.created_at), col(DeletedTicket.id))
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    references.delete_later(
        session, organization_id, (key for row in rows for key in row.storage_keys)
    )
    session.exec(delete(DeletedTicket).where(col(DeletedTicket.id).in_([row.id for row in rows])))
    return list(rows)
