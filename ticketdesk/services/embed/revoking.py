"""Taking tracking links back: a mail was forwarded, or went to the wrong person."""

from sqlmodel import Session, col, delete, select

from ticketdesk import events
from ticketdesk.actor import Actor
from ticketdesk.models import Ticket, TrackingLink
from ticketdesk.models.enums import TicketActivityType, UserRole
from ticketdesk.services.tickets.access import find
from ticketdesk.services.tickets.touch import touch

_MOST_MERGES = 20


def revoke(session: Session, actor: Actor, ticket_id: str) -> int:
    """Make every tracking link useless that leads to a ticket; the next mail brings a new one.

    Links of tickets that were merged into it lead to it, too.

    Returns:
        How many links there were.

    Raises:
        NotFound: no such ticket.
    """
    actor.require(UserRole.AGENT)
    ticket = find(session, actor, ticket_id, lock=True)
    leading = {ticket.id}
    for _ in range(_MOST_MERGES):
        merged = select(Ticket.id).where(
            col(Ticket.merged_into_id).in_(leading), col(Ticket.id).not_in(leading)
        )
        if not (more := set(session.exec(merged).all())):
            break
        leading |= more
    revoked = session.exec(
        delete(TrackingLink).where(col(TrackingLink.ticket_id).in_(leading))
    ).rowcount
    events.record(session, actor, ticket, TicketActivityType.UPDATED, "revoked the tracking links")
    touch(session, ticket)
    return revoked
