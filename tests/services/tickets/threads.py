"""Short ways to make tickets and threads for tests."""

from sqlmodel import Session, select

from ticketdesk.actor import Actor
from ticketdesk.models import Ticket, TicketActivity
from ticketdesk.services.tickets.commands import AddResponse, CreateTicket
from ticketdesk.services.tickets.create import create
from ticketdesk.services.tickets.respond import respond
from ticketdesk.services.tickets.views import ResponseView, TicketView


def ticket(session: Session, actor: Actor, **values: object) -> TicketView:
    """Open a ticket with sensible values where none are given."""
    body = {
        "requesterName": "Jane Smith",
        "requesterEmail": "jane@customer.example",
        "subject": "Cannot log in",
        "description": "The password is refused.",
        **values,
    }
    return create(session, actor, CreateTicket.parse(body))


def write(
    session: Session, actor: Actor, reference: str, content: str, **values: object
) -> ResponseView:
    """Add a message and return it."""
    body = {"content": content, **values}
    done = respond(session, actor, reference, AddResponse.parse(body)).response
    assert done is not None
    return done


def row(session: Session, ticket_id: str) -> Ticket:
    """Return the table row as it stands."""
    session.expire_all()
    return session.exec(select(Ticket).where(Ticket.id == ticket_id)).one()


def kinds(session: Session, ticket_id: str) -> list[str]:
    """Return the kinds of a ticket's history, oldest first."""
    rows = session.exec(
        select(TicketActivity)
        .where(TicketActivity.ticket_id == ticket_id)
        .order_by(TicketActivity.id)
    )
    return [str(activity.activity_type) for activity in rows]
