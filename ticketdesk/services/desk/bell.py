"""What stands behind the bell: how much is unread, and the newest of it."""

from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.models.enums import UserRole
from ticketdesk.services import notifications

_SHOWN = 20


def lines(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """Return the caller's newest notifications as the screen shows them.

    Raises:
        Forbidden: a customer or an API key; only members have notifications.
    """
    actor.require(UserRole.AGENT, writes=False)
    return [
        {
            "id": note.id,
            "kind": note.kind,
            "words": note.words,
            "number": note.ticket_number or 0,
            "to": f"/app/chats/{note.chat_id}"
            if note.chat_id
            else f"/app/tickets/{note.ticket_number}",
            "subject": note.subject,
            "at": note.created_at.isoformat(),
            "unread": note.read_at is None,
        }
        for note in notifications.list_mine(session, actor, limit=_SHOWN).items
    ]
