"""Putting deleted tickets back, exactly as they were: admins only."""

from sqlmodel import Session, col, select

from ticketdesk import events
from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound
from ticketdesk.models import DeletedTicket, Ticket
from ticketdesk.models.enums import TicketActivityType, UserRole
from ticketdesk.services import audit
from ticketdesk.services.deleted import hanging
from ticketdesk.services.deleted.unpack import unpack


def restore(session: Session, actor: Actor, ticket_id: str) -> str:
    """Put one ticket back and say so.

    Raises:
        NotFound: it was not deleted, or has gone for good.
    """
    actor.require(UserRole.ADMIN)
    found = restore_many(session, actor, [ticket_id])
    if not found:
        raise NotFound("This ticket has gone for good.")
    return f"{found[ticket_id]} is back"


def restore_many(session: Session, actor: Actor, ticket_ids: list[str]) -> dict[str, int]:
    """Put tickets back with all that hung on them; return the numbers of those that were there.

    Nothing of a ticket changes, so its version stays; its history tells of both.

    Args:
        ticket_ids: up to a hundred.
    """
    actor.require(UserRole.ADMIN)
    hanging.in_turn(session, actor.organization_id)
    kept = session.exec(
        select(DeletedTicket)
        .where(
            DeletedTicket.organization_id == actor.organization_id,
            col(DeletedTicket.id).in_(ticket_ids),
        )
        .order_by(col(DeletedTicket.id))
        .with_for_update()
    ).all()
    unpack(session, list(kept))
    numbers = {one.id: one.ticket_number for one in kept}
    for one in kept:
        session.delete(one)
    session.flush()
    for ticket in session.exec(
        select(Ticket).where(col(Ticket.id).in_(numbers)).order_by(col(Ticket.id))
    ).all():
        _tell(session, actor, ticket)
    return numbers


def _tell(session: Session, actor: Actor, ticket: Ticket) -> None:
    events.record(
        session,
        actor,
        ticket,
        TicketActivityType.UPDATED,
        "restored the ticket",
        changes={"deleted": (True, False)},
    )
    audit.record(
        session,
        actor,
        "ticket.restored",
        subject_id=ticket.id,
        subject_name=f"#{ticket.ticket_number} {ticket.subject}",
    )
