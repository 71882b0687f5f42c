"""Which chat a caller means."""

from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, or_, select

from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound, Unauthenticated
from ticketdesk.models import Chat, Ticket
from ticketdesk.services.chats.views import ChatTicketView

MOST_LINKED = 20
# As the index of these tickets says it: a parameter in its place would not be matched with it.
_HAS_FURTHER_CHATS = text("tickets.linked_chat_ids <> '{}'")


def mine(actor: Actor) -> Any:
    """Return the SQL condition for the chats a customer may see: their own."""
    return or_(col(Chat.customer_id) == actor.user_id, col(Chat.customer_email) == actor.email)


def find(session: Session, actor: Actor, chat_id: str, *, lock: bool = False) -> Chat:
    """Return a chat the caller may see.

    Raises:
        NotFound: missing, foreign, or not the caller's.
    """
    if actor.role is None:
        raise Unauthenticated("Sign in first.")
    query = select(Chat).where(Chat.organization_id == actor.organization_id, Chat.id == chat_id)
    if not actor.is_staff:
        query = query.where(mine(actor))
    chat = session.exec(query.with_for_update() if lock else query).first()
    if chat is None:
        raise NotFound("There is no such chat.")
    return chat


def tickets_of(session: Session, chat_ids: list[str]) -> dict[str, list[ChatTicketView]]:
    """Return, per chat, the tickets made from it, oldest first."""
    found: dict[str, list[ChatTicketView]] = {chat_id: [] for chat_id in chat_ids}
    if not chat_ids:
        return found
    rows = session.exec(
        select(Ticket.origin_chat_id, Ticket.id, Ticket.ticket_number)
        .where(col(Ticket.origin_chat_id).in_(chat_ids))
        .order_by(col(Ticket.created_at), col(Ticket.id))
    )
    for chat_id, ticket_id, number in rows:
        found[chat_id or ""].append(
            ChatTicketView(id=ticket_id, ticket_number=number, view_url=f"/app/tickets/{ticket_id}")
        )
    return found


def tickets_linked_to(session: Session, chat: Chat) -> list[int]:
    """Return the numbers of tickets that a chat was linked to as a further one, oldest first."""
    return list(
        session.exec(
            select(Ticket.ticket_number)
            .where(*_is_linked(chat))
            .order_by(col(Ticket.created_at), col(Ticket.id))
            .limit(MOST_LINKED)
        )
    )


def tickets_beside(session: Session, chat: Chat) -> list[Ticket]:
    """Return the newest tickets that belong to a chat, made from it or linked to it, locked."""
    made = select(Ticket.id).where(
        Ticket.organization_id == chat.organization_id, Ticket.origin_chat_id == chat.id
    )
    linked = select(Ticket.id).where(*_is_linked(chat))
    return list(
        session.exec(
            select(Ticket)
            .where(col(Ticket.id).in_(made.union(linked)))
            .order_by(col(Ticket.id).desc())
            .limit(MOST_LINKED)
            .with_for_update()
        )
    )


def _is_linked(chat: Chat) -> tuple[Any, ...]:
    """Conditions that the index of tickets with further chats answers."""
    return (
        Ticket.organization_id == chat.organization_id,
        _HAS_FURTHER_CHATS,
        col(Ticket.linked_chat_ids).contains([chat.id]),
    )
