"""What a visitor reads of their chat: the history by pages, and what came since."""

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound
from ticketdesk.models import Chat, ChatMessage, TicketAttachment
from ticketdesk.models.enums import AttachmentState
from ticketdesk.services.chats import messages, typing
from ticketdesk.services.chats.in_order import by_index
from ticketdesk.services.chats.visitor import token as tokens
from ticketdesk.services.chats.visitor.door import enter, facts_of
from ticketdesk.services.chats.visitor.views import (
    VisitorChat,
    VisitorFacts,
    VisitorFile,
    VisitorMessage,
    visitor_file,
    visitor_message,
)

PAGE = 50
_AT = (col(ChatMessage.created_at), col(ChatMessage.id))


def history(session: Session, actor: Actor, token: str, *, before: str = "") -> VisitorChat:
    """Return the newest messages, or those before a known one, at most 50.

    Raises:
        Unauthenticated: the token opens nothing.
    """
    chat = enter(session, actor, token)
    query = select(ChatMessage).where(ChatMessage.chat_id == chat.id)
    end = _place(session, chat, before)
    if end:
        query = query.where(tuple_(*_AT) < tuple_(end.created_at, end.id))
    with by_index(session):
        found = session.exec(query.order_by(*(one.desc() for one in _AT)).limit(PAGE + 1)).all()
    worn = tokens.read(token).is_worn
    return VisitorChat(
        facts=facts_of(session, chat),
        messages=shown(session, list(reversed(found[:PAGE]))),
        has_older=len(found) > PAGE,
        token=tokens.issue(chat.organization_id, chat.id) if worn else None,
    )


def since(
    session: Session, actor: Actor, token: str, after: str, *, changed: str = ""
) -> tuple[VisitorFacts, list[VisitorMessage], list[VisitorMessage]]:
    """Return how the chat stands, the messages after a known one, and a known one that changed.

    Without a known place all messages come; they are read in order, so that whoever goes on from
    the last one misses nothing.

    Args:
        after: the last message the visitor has; "" for none.
        changed: a message whose files changed.
    """
    chat = enter(session, actor, token)
    query = select(ChatMessage).where(ChatMessage.chat_id == chat.id)
    place = _place(session, chat, after)
    if place:
        query = query.where(tuple_(*_AT) > tuple_(place.created_at, place.id))
    with by_index(session):
        rows = list(session.exec(query.order_by(*_AT).limit(PAGE)).all())
    again = _place(session, chat, changed)
    known = [again] if again and again.id not in {row.id for row in rows} else []
    return facts_of(session, chat), shown(session, rows), shown(session, known)


def writers(session: Session, actor: Actor, token: str) -> list[str]:
    """Return the first names of the agents who write in the chat just now."""
    chat = enter(session, actor, token)
    return [name.split(" ")[0] for name in typing.names(chat.id, besides=typing.VISITOR)]


def file(session: Session, actor: Actor, token: str, file_id: str) -> VisitorFile:
    """Return a file of the conversation with fresh addresses.

    Raises:
        NotFound: no such file in this conversation.
    """
    chat = enter(session, actor, token)
    row = session.exec(
        select(TicketAttachment)
        .join(ChatMessage, col(ChatMessage.id) == TicketAttachment.chat_message_id)
        .where(
            TicketAttachment.id == file_id,
            ChatMessage.chat_id == chat.id,
            TicketAttachment.state == AttachmentState.READY,
        )
    ).first()
    if row is None:
        raise NotFound("There is no such file.")
    return visitor_file(row)


def shown(session: Session, rows: list[ChatMessage]) -> list[VisitorMessage]:
    """Return messages with their files as the visitor sees them."""
    files = messages.files_of(session, [row.id for row in rows])
    return [visitor_message(row, files.get(row.id, [])) for row in rows]


def _place(session: Session, chat: Chat, message_id: str) -> ChatMessage | None:
    row = session.get(ChatMessage, message_id) if message_id else None
    return row if row and row.chat_id == chat.id else None
