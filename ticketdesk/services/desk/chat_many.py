"""Tickets of several chats at once, from the list."""

from dataclasses import dataclass

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.models.enums import UserRole
from ticketdesk.services.chats import access
from ticketdesk.services.desk import chat_ticket

_AS_SUGGESTED = {"transcript": "on", "attachments": "on", "assign": "on"}


@dataclass(frozen=True, slots=True)
class Made:
    """A chat's ticket: its number, and whether the chat had it before."""

    title: str
    number: int
    is_old: bool


def ticket_of(session: Session, actor: Actor, chat_id: str, *, click: str) -> Made:
    """Make a ticket of one of several chats, as the dialog suggests it.

    A chat that has a ticket keeps it: a further one is made on purpose, in the chat itself. The
    same click again finds the ticket of the first time.

    Args:
        click: names the click that was for all of them.

    Raises:
        NotFound: no such chat.
        Conflict: the chat has no messages.
        Invalid: the customer left no mail address.
    """
    actor.require(UserRole.AGENT)
    chat = access.find(session, actor, chat_id, lock=True)
    before = access.tickets_of(session, [chat.id])[chat.id]
    if before:
        return Made(chat.title, before[0].ticket_number, is_old=True)
    suggested = chat_ticket.begin(session, actor, chat.id).values
    number = chat_ticket.submit(
        session, actor, chat.id, suggested | _AS_SUGGESTED, click=f"{click}:{chat.id}"
    )
    return Made(chat.title, number, is_old=False)
