"""A chat asks for a person: the rules that wait for it look at the chat's tickets."""

from sqlmodel import Session, col, or_, select

from ticketdesk.models import Chat, Ticket
from ticketdesk.models.enums import TicketActivityType
from ticketdesk.services.rules import pending
from ticketdesk.services.rules.pending import Change
from ticketdesk.services.tickets.touch import settle, touch

_MOST = 20


def escalated(session: Session, chat: Chat) -> None:
    """Run the rules for CHAT_ESCALATED on every ticket that belongs to a chat."""
    tickets = session.exec(
        select(Ticket)
        .where(
            Ticket.organization_id == chat.organization_id,
            or_(
                col(Ticket.origin_chat_id) == chat.id,
                col(Ticket.linked_chat_ids).contains([chat.id]),
            ),
        )
        .order_by(col(Ticket.id).desc())
        .limit(_MOST)
        .with_for_update()
    ).all()
    for ticket in tickets:
        change = Change(TicketActivityType.LINKED, also=("CHAT_ESCALATED",))
        pending.collect(session, ticket.id, change)
        if settle(session, ticket):
            touch(session, ticket)
