"""The chats beside a ticket: the one it came from, further ones, and those one might add."""

from typing import Any

from sqlmodel import Session, case, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Chat, Ticket
from ticketdesk.models.enums import UserRole
from ticketdesk.services.tickets import access

_PROBED = 500
_OFFERED = 30


def linked(session: Session, ticket: Ticket) -> list[dict[str, str]]:
    """Return the further chats of a ticket, in the order in which they were linked."""
    if not ticket.linked_chat_ids:
        return []
    rows = session.exec(
        select(Chat.id, Chat.title).where(
            Chat.organization_id == ticket.organization_id, col(Chat.id).in_(ticket.linked_chat_ids)
        )
    ).all()
    titles = dict(rows)
    known = [chat_id for chat_id in ticket.linked_chat_ids if chat_id in titles]
    return [{"id": chat_id, "title": titles[chat_id]} for chat_id in known]


def choices(session: Session, actor: Actor, reference: str) -> list[dict[str, Any]]:
    """Return chats to link as options of a picker: the requester's own first, then the newest.

    Only the newest 500 chats are looked at, so that this costs the same at any size.

    Raises:
        NotFound: no such ticket.
    """
    actor.require(UserRole.AGENT, writes=False)
    ticket = access.find(session, actor, reference)
    recent = (
        select(Chat.id)
        .where(Chat.organization_id == actor.organization_id)
        .order_by(col(Chat.created_at).desc())
        .limit(_PROBED)
    )
    own = case((col(Chat.customer_email) == ticket.requester_email, 0), else_=1)
    rows = session.exec(
        select(Chat.id, Chat.title, Chat.customer_name)
        .where(col(Chat.id).in_(recent), Chat.id != (ticket.origin_chat_id or ""))
        .order_by(own, col(Chat.created_at).desc())
        .limit(_OFFERED)
    )
    return [
        {"value": chat_id, "label": title, "hint": name, "keywords": [name]}
        for chat_id, title, name in rows
    ]
