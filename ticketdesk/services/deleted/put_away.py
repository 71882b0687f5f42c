"""Deleting tickets so that they can be restored: admins only."""

from sqlmodel import Session, col, delete, select

from ticketdesk import clock, events
from ticketdesk.actor import Actor
from ticketdesk.models import DeletedTicket, Ticket
from ticketdesk.models.enums import TicketActivityType, UserRole
from ticketdesk.services import audit
from ticketdesk.services.deleted import hanging
from ticketdesk.services.deleted.pack import Packed, pack

_KEYS = ("storage_key", "thumbnail_key", "preview_key")


def put_away(session: Session, actor: Actor, ticket_ids: list[str]) -> set[str]:
    """Take tickets out of the desk, with all that hangs on them; return those that were there.

    They are nowhere any more, as if they had been deleted for good, until `restore` puts them back
    or `purge` lets their time end.

    Args:
        ticket_ids: up to a hundred; identifiers, not numbers.
    """
    actor.require(UserRole.ADMIN)
    hanging.in_turn(session, actor.organization_id)
    tickets = session.exec(
        select(Ticket)
        .where(Ticket.organization_id == actor.organization_id, col(Ticket.id).in_(ticket_ids))
        .order_by(col(Ticket.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for ticket in tickets:
        events.record(
            session,
            actor,
            ticket,
            TicketActivityType.UPDATED,
            "deleted the ticket",
            changes={"deleted": (False, True)},
        )
    there = [ticket.id for ticket in tickets]
    packed = pack(session, actor.organization_id, there)
    for ticket in tickets:
        _keep(session, actor, ticket, packed[ticket.id])
    session.flush()
    session.exec(delete(Ticket).where(col(Ticket.id).in_(there)))
    return set(there)


def _keep(session: Session, actor: Actor, ticket: Ticket, packed: Packed) -> None:
    session.add(
        DeletedTicket(
            id=ticket.id,
            created_at=clock.now(),
            organization_id=ticket.organization_id,
            ticket_number=ticket.ticket_number,
            subject=ticket.subject,
            requester_name=ticket.requester_name,
            deleted_by_name=actor.name,
            rows=dict(packed.rows),
            pointers=packed.pointers,
            storage_keys=sorted(
                {
                    row[name]
                    for row in packed.rows["ticket_attachments"]
                    for name in _KEYS
                    if row[name]
                }
            ),
        )
    )
    audit.record(
        session,
        actor,
        "ticket.deleted",
        subject_id=ticket.id,
        subject_name=f"#{ticket.ticket_number} {ticket.subject}",
    )
