"""A chat asks for a person: the rules that wait for it look at the chat's tickets."""

from sqlmodel import Session

from ticketdesk.models import Chat
from ticketdesk.models.enums import TicketActivityType
from ticketdesk.services.chats import access
from ticketdesk.services.rules import pending
from ticketdesk.services.rules.pending import Change
from ticketdesk.services.tickets.touch import settle, touch


def escalated(session: Session, chat: Chat) -> None:
    """Run the rules for CHAT_ESCALATED on the tickets that belong to a chat."""
    for ticket in access.tickets_beside(session, chat):
        change = Change(TicketActivityType.LINKED, also=("CHAT_ESCALATED",))
        pending.collect(session, ticket.id, change)
        if settle(session, ticket):
            touch(session, ticket)
