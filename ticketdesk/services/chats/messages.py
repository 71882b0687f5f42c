"""The messages of a chat."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Forbidden, NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import Chat, ChatMessage, TicketAttachment
from ticketdesk.models.enums import ChatRole, ChatStatus, UserRole
from ticketdesk.services.chats import access
from ticketdesk.services.chats.announce import announce
from ticketdesk.services.chats.commands import AddMessage
from ticketdesk.services.chats.views import MessageView, message_view
from ticketdesk.services.paging import (
    Page,
    after_cursor,
    page_of,
)


def messages(
    session: Session, actor: Actor, chat_id: str, *, cursor: str | None = None, limit: int = 100
) -> Page[MessageView]:
    """Return messages, oldest first."""
    actor.require(UserRole.CUSTOMER, writes=False)
    chat = access.find(session, actor, chat_id)
    query = after_cursor(
        select(ChatMessage).where(ChatMessage.chat_id == chat.id), ChatMessage, cursor
    )
    page = page_of(session, query, ChatMessage, limit)
    files = files_of(session, [row.id for row in page.items])
    return page.map(lambda row: message_view(row, files.get(row.id, [])))


def add_message(session: Session, actor: Actor, chat_id: str, command: AddMessage) -> MessageView:
    """Write a message. A repeat with the same `client_id` returns the first one.

    A customer writes as USER only; an agent's first message takes an unassigned chat.

    Raises:
        NotFound: no such chat or file.
        Forbidden: a customer wrote as somebody else.
        Conflict: the chat is closed.
    """
    actor.require(UserRole.CUSTOMER)
    if not actor.is_staff and command.role is not ChatRole.USER:
        raise Forbidden("You can write as yourself only.")
    chat = access.find(session, actor, chat_id, lock=True)
    row = known(session, chat, command.client_id) or store(session, actor, chat, command)
    return message_view(row, files_of(session, [row.id]).get(row.id, []))


def known(session: Session, chat: Chat, client_id: str | None) -> ChatMessage | None:
    """Return the message that was stored before under a sender's own key."""
    if not client_id:
        return None
    return session.exec(
        select(ChatMessage).where(
            ChatMessage.chat_id == chat.id, ChatMessage.client_id == client_id
        )
    ).first()


def store(session: Session, actor: Actor, chat: Chat, command: AddMessage) -> ChatMessage:
    """Write a message into a chat whose row is locked.

    Each message is later than the one before, whatever the machines' clocks say: whoever has read
    up to one message misses none after it.

    Raises:
        Conflict: the chat is closed.
        NotFound: no such file of this sender.
    """
    if chat.status == ChatStatus.CLOSED:
        raise Conflict("This chat is closed.", code="chat_closed")
    row = ChatMessage(
        id=new_id("msg"),
        organization_id=chat.organization_id,
        chat_id=chat.id,
        role=command.role,
        author_id=_author_id(actor, chat, command),
        author_name=_author_name(actor, chat, command),
        content=command.content,
        client_id=command.client_id,
        created_at=_next_moment(session, chat),
    )
    session.add(row)
    chat.last_message_at = row.created_at
    if actor.is_staff and command.role is ChatRole.AGENT and actor.user_id:
        chat.agent_read_at = row.created_at
        chat.assigned_to_id = chat.assigned_to_id or actor.user_id
    session.add(chat)
    session.flush()
    _attach(session, actor, row, command.attachment_ids)
    announce(session, chat, "chat:message:added", messageId=row.id)
    return row


def _next_moment(session: Session, chat: Chat) -> datetime:
    newest = session.exec(
        select(func.max(ChatMessage.created_at)).where(ChatMessage.chat_id == chat.id)
    ).one()
    now = clock.now()
    return now if newest is None or newest < now else newest + timedelta(microseconds=1)


def files_of(session: Session, message_ids: list[str]) -> dict[str, list[TicketAttachment]]:
    """Return the files per message."""
    if not message_ids:
        return {}
    rows = session.exec(
        select(TicketAttachment)
        .where(col(TicketAttachment.chat_message_id).in_(message_ids))
        .order_by(col(TicketAttachment.created_at), col(TicketAttachment.id))
    )
    found: dict[str, list[TicketAttachment]] = {}
    for row in rows:
        found.setdefault(row.chat_message_id or "", []).append(row)
    return found


def _attach(session: Session, actor: Actor, message: ChatMessage, ids: list[str]) -> None:
    for file_id in dict.fromkeys(ids):
        row: Any = session.exec(
            select(TicketAttachment)
            .where(
                TicketAttachment.organization_id == message.organization_id,
                TicketAttachment.id == file_id,
                TicketAttachment.uploaded_by_id == actor.user_id,
                # What a visitor uploaded belongs to whoever knows its secret, not to an API key.
                col(TicketAttachment.upload_token_hash).is_(None),
                col(TicketAttachment.ticket_id).is_(None),
                col(TicketAttachment.chat_message_id).is_(None),
            )
            .with_for_update()
        ).first()
        if row is None:
            text = f"There is no such file: {file_id}."
            raise NotFound(text, fields={"attachmentIds": text})
        row.chat_message_id = message.id
        session.add(row)
    session.flush()


def _author_name(actor: Actor, chat: Chat, command: AddMessage) -> str:
    if command.role is ChatRole.USER:
        return chat.customer_name
    if command.author_name and actor.user_id is None:
        return command.author_name
    return "Bot" if command.role is ChatRole.BOT else actor.name


def _author_id(actor: Actor, chat: Chat, command: AddMessage) -> str | None:
    if command.role is ChatRole.USER:
        return chat.customer_id
    return actor.user_id if command.role is ChatRole.AGENT else None
