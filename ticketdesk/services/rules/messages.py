"""What conditions ask of a ticket's messages, read only when one does."""

from collections.abc import Callable, Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from ticketdesk.models import Ticket, TicketActivity, TicketResponse
from ticketdesk.models.enums import ResponseAuthorType
from ticketdesk.services.rules.facts import Messages
from ticketdesk.services.rules.triggers import MOVES

_CUSTOMER = (ResponseAuthorType.CUSTOMER, ResponseAuthorType.EMAIL)


def reader(session: Session, ticket: Ticket) -> Callable[[], Messages]:
    """Return a function that reads one ticket's messages."""
    return lambda: of_many(session, [ticket])[ticket.id]


def of_many(session: Session, tickets: Sequence[Ticket]) -> dict[str, Messages]:
    """Return the messages' facts of many tickets, by ticket, in three queries."""
    ids = [ticket.id for ticket in tickets]
    texts = dict(
        session.exec(
            select(TicketResponse.ticket_id, TicketResponse.content_text)
            .where(col(TicketResponse.ticket_id).in_(ids), ~col(TicketResponse.is_internal))
            .distinct(col(TicketResponse.ticket_id))
            .order_by(
                col(TicketResponse.ticket_id),
                col(TicketResponse.created_at).desc(),
                col(TicketResponse.id).desc(),
            )
        ).all()
    )
    newest = func.max(TicketResponse.created_at)
    by_customer = col(TicketResponse.author_type).in_(_CUSTOMER)
    by_agent = TicketResponse.author_type == ResponseAuthorType.AGENT
    times = {
        ticket_id: (customer_at, agent_at)
        for ticket_id, customer_at, agent_at in session.exec(
            select(TicketResponse.ticket_id, newest.filter(by_customer), newest.filter(by_agent))
            .where(col(TicketResponse.ticket_id).in_(ids), ~col(TicketResponse.is_internal))
            .group_by(col(TicketResponse.ticket_id))
        )
    }
    moves = dict(
        session.exec(
            select(TicketActivity.ticket_id, func.max(TicketActivity.created_at))
            .where(
                col(TicketActivity.ticket_id).in_(ids),
                col(TicketActivity.activity_type).in_(MOVES),
            )
            .group_by(col(TicketActivity.ticket_id))
        ).all()
    )
    return {
        ticket.id: Messages(
            texts.get(ticket.id, ticket.description_text),
            times.get(ticket.id, (None, None))[0] or ticket.created_at,
            times.get(ticket.id, (None, None))[1],
            moves.get(ticket.id),
        )
        for ticket in tickets
    }
