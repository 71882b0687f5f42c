"""Deleting a ticket from its screen: what goes with it, said beforehand."""

from dataclasses import dataclass

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import TicketAttachment, TicketLink, TicketResponse
from ticketdesk.models.enums import UserRole
from ticketdesk.services.deleted.put_away import put_away
from ticketdesk.services.tickets import access


@dataclass(frozen=True, slots=True)
class Deleted:
    """The ticket that is gone from the desk, and what to say about it."""

    ticket_id: str
    sentence: str


def what_goes(session: Session, actor: Actor, reference: str) -> dict[str, int]:
    """Return how many messages, files and links a ticket has, to admins only."""
    actor.require(UserRole.ADMIN, writes=False)
    ticket = access.find(session, actor, reference)
    linked = or_(
        col(TicketLink.ticket_id) == ticket.id, col(TicketLink.other_ticket_id) == ticket.id
    )
    counts = {
        "messages": select(func.count()).where(TicketResponse.ticket_id == ticket.id),
        "files": select(func.count()).where(TicketAttachment.ticket_id == ticket.id),
        "links": select(func.count()).select_from(TicketLink).where(linked),
    }
    one = select(*(query.scalar_subquery().label(name) for name, query in counts.items()))
    row = session.exec(one).one()
    return {name: getattr(row, name) for name in counts}


def delete(session: Session, actor: Actor, reference: str) -> Deleted:
    """Delete a ticket with everything of it, so that it can be restored for a while.

    Raises:
        NotFound: no such ticket.
    """
    actor.require(UserRole.ADMIN)
    ticket = access.find(session, actor, reference)
    done = Deleted(ticket.id, f"{ticket.ticket_number} is deleted")
    put_away(session, actor, [done.ticket_id])
    return done
