"""What conditions ask of a ticket's messages, read only when one does."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from ticketdesk.models import Ticket, TicketResponse
from ticketdesk.models.enums import ResponseAuthorType
from ticketdesk.services.rules.facts import Messages

_CUSTOMER = (ResponseAuthorType.CUSTOMER, ResponseAuthorType.EMAIL)


def reader(session: Session, ticket: Ticket) -> Callable[[], Messages]:
    """Return a function that reads one ticket's messages."""
    return lambda: of_many(session, [ticket])[ticket.id]


def of_many(session: Session, tickets: Sequence[Ticket]) -> dict[str, Messages]:
    """Return the messages' facts of many tickets, by ticket, in one query."""
    newest = func.max(TicketResponse.created_at)
    public = (TicketResponse.ticket_id == Ticket.id, ~col(TicketResponse.is_internal))
    text = (
        select(TicketResponse.content_text)
        .where(*public)
        .order_by(col(TicketResponse.created_at).desc(), col(TicketResponse.id).desc())
        .limit(1)
    )
    customer = select(newest).where(*public, col(TicketResponse.author_type).in_(_CUSTOMER))
    agent = select(newest).where(*public, TicketResponse.author_type == ResponseAuthorType.AGENT)
    found = {
        ticket_id: facts
        for ticket_id, *facts in session.exec(
            select(
                Ticket.id,
                text.scalar_subquery(),
                customer.scalar_subquery(),
                agent.scalar_subquery(),
            ).where(col(Ticket.id).in_([ticket.id for ticket in tickets]))
        )
    }
    return {ticket.id: _of(ticket, *found.get(ticket.id, (None, None, None))) for ticket in tickets}


def _of(
    ticket: Ticket, text: str | None, customer_at: datetime | None, agent_at: datetime | None
) -> Messages:
    return Messages(
        ticket.description_text if text is None else text,
        customer_at or ticket.created_at,
        agent_at,
        ticket.status_changed_at,
    )
