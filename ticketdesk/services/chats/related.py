"""Further chats of a ticket (`linkedChatIds`)."""

from sqlmodel import Session

from ticketdesk import events
from ticketdesk.actor import Actor
from ticketdesk.models.enums import TicketActivityType, UserRole
from ticketdesk.services.chats import access
from ticketdesk.services.chats.announce import announce
from ticketdesk.services.tickets import access as tickets
from ticketdesk.services.tickets.touch import touch


def link(session: Session, actor: Actor, reference: str, chat_id: str) -> list[str]:
    """Add a chat to a ticket's related ones and return them all.

    Raises:
        NotFound: no such ticket or chat.
    """
    return _set(session, actor, reference, chat_id, wanted=True)


def unlink(session: Session, actor: Actor, reference: str, chat_id: str) -> list[str]:
    """Take a chat from a ticket's related ones and return the rest."""
    return _set(session, actor, reference, chat_id, wanted=False)


def _set(
    session: Session, actor: Actor, reference: str, chat_id: str, *, wanted: bool
) -> list[str]:
    actor.require(UserRole.AGENT)
    ticket = tickets.find(session, actor, reference, lock=True)
    chat = access.find(session, actor, chat_id)
    before = list(ticket.linked_chat_ids)
    if (chat.id in before) == wanted or chat.id == ticket.origin_chat_id:
        return before
    after = [*before, chat.id] if wanted else [c for c in before if c != chat.id]
    ticket.linked_chat_ids = after
    events.record(
        session,
        actor,
        ticket,
        TicketActivityType.LINKED if wanted else TicketActivityType.UNLINKED,
        f"{'linked' if wanted else 'unlinked'} the chat {chat.title}",
        changes={"linkedChatIds": (before, after)},
    )
    touch(session, ticket)
    announce(session, chat, "chat:updated", ticketId=ticket.id)
    return after
