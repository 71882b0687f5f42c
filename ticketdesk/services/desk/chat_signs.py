"""Who writes in a chat just now, for its screen."""

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.models.enums import UserRole
from ticketdesk.services.chats import access, typing


def tell(session: Session, actor: Actor, chat_id: str, *, is_typing: bool) -> None:
    """Say that the caller writes in a chat, or has stopped.

    Raises:
        NotFound: no such chat.
    """
    actor.require(UserRole.AGENT)
    chat = access.find(session, actor, chat_id)
    typing.tell(chat, actor.user_id or "", actor.name, typing=is_typing)


def others(session: Session, actor: Actor, chat_id: str) -> list[str]:
    """Return who else writes in a chat, by name.

    Raises:
        NotFound: no such chat.
    """
    actor.require(UserRole.AGENT, writes=False)
    chat = access.find(session, actor, chat_id)
    return typing.names(chat.id, besides=actor.user_id or "")
