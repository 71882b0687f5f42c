"""A ticket that somebody outside follows, and what both sides do to it."""

from sqlmodel import select

from ticketdesk import db, unit_of_work
from ticketdesk.models import Ticket, TicketResponse
from ticketdesk.services.embed import tracking_links
from ticketdesk.services.tickets.commands import AddResponse
from ticketdesk.services.tickets.respond import respond

SUBMIT = "/api/embed/tickets/submit"


def path(ticket: dict) -> str:
    return ticket["trackingUrl"].removeprefix("http://localhost:8000")


def write(actor, ticket: dict, content: str, **more) -> None:
    command = AddResponse(content=content, **more)
    unit_of_work.as_actor(actor, respond, ticket["id"], command)


def another_link(cast, ticket: dict) -> str:
    with db.tenant_session(cast.acme) as session:
        url = tracking_links.url_for(session, cast.acme, ticket["id"], ticket["ticketNumber"])
        session.commit()
    return url


def stored(cast, ticket: dict) -> tuple[Ticket, list[TicketResponse]]:
    with db.tenant_session(cast.acme) as session:
        row = session.get_one(Ticket, ticket["id"])
        messages = session.exec(
            select(TicketResponse).where(TicketResponse.ticket_id == row.id)
        ).all()
        return row, list(messages)
