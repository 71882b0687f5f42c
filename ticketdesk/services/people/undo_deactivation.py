"""Taking a deactivation back: the member, and the open tickets that went to somebody else."""

from datetime import datetime

from sqlmodel import Session, col, select

from ticketdesk import clock, outbox
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict
from ticketdesk.models import OutboxEvent, Ticket, TicketActivity
from ticketdesk.models.enums import UserRole
from ticketdesk.models.status import ACTIVE
from ticketdesk.services.people.change import BATCH, HAND_OVER, reactivate
from ticketdesk.services.tickets.assign import apply_assignment, resolve_assignee
from ticketdesk.services.tickets.touch import touch

HAND_BACK = "people.hand_back"


def undo(session: Session, actor: Actor, user_id: str) -> str:
    """Let a member back in with the tickets that were taken from them; return a sentence.

    Tickets that somebody changed hands again since stay where they are. Sessions and links that
    ended stay ended; teams were never left. Beyond 100 tickets a job goes on.

    Raises:
        NotFound: no such member.
        Conflict: they are back already, or left too long ago.
    """
    actor.require(UserRole.ADMIN)
    promise = session.exec(
        select(OutboxEvent)
        .where(
            OutboxEvent.organization_id == actor.organization_id,
            OutboxEvent.subscriber == HAND_OVER,
            col(OutboxEvent.payload)["fromId"].astext == user_id,
        )
        .order_by(col(OutboxEvent.created_at).desc(), col(OutboxEvent.id).desc())
        .limit(1)
    ).first()
    back = reactivate(session, actor, user_id, only_if_gone=True)
    if promise is None:
        raise Conflict("This was too long ago. Reactivate them instead.")
    if promise.done_at is None:
        # A batch that is at work sees that they are back, and ends.
        promise.done_at = clock.now()
        session.add(promise)
    given = promise.payload
    what = (user_id, given["toId"], given["byId"], promise.created_at)
    if not hand_back(session, actor, *what):
        payload = {"userId": user_id, "heirId": what[1], "byId": what[2]}
        payload |= {"since": promise.created_at.isoformat(), "backById": actor.user_id}
        outbox.put(session, actor.organization_id, HAND_BACK, payload)
    return f"{back.name} is back, with the tickets of before. They sign in again"


def hand_back(
    session: Session,
    actor: Actor,
    user_id: str,
    heir_id: str | None,
    by_id: str | None,
    since: datetime,
) -> bool:
    """Return the next 100 tickets that were handed over; True when none is left.

    Running twice does nothing twice: what was given back is no longer the heir's.

    Args:
        by_id: whoever deactivated the member: their history says which tickets it took.
        since: when that was.
    """
    actor.require(UserRole.ADMIN)
    owner = resolve_assignee(session, actor, user_id)
    change = col(TicketActivity.changes)["assignedToId"]
    handed = (
        select(TicketActivity.ticket_id)
        .where(
            TicketActivity.organization_id == actor.organization_id,
            col(TicketActivity.created_at) >= since,
            col(TicketActivity.performed_by_id).is_not_distinct_from(by_id),
            change["before"].astext == user_id,
            change["after"].astext.is_not_distinct_from(heir_id),
        )
        .distinct()
    )
    tickets = session.exec(
        select(Ticket)
        .where(
            Ticket.organization_id == actor.organization_id,
            col(Ticket.id).in_(handed),
            col(Ticket.assigned_to_id).is_not_distinct_from(heir_id),
            col(Ticket.status).in_(ACTIVE),
        )
        .order_by(col(Ticket.id))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for ticket in tickets:
        if apply_assignment(session, actor, ticket, owner):
            touch(session, ticket)
    return len(tickets) < BATCH
