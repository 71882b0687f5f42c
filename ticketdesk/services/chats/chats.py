"""Chats: opened, listed, handed over, closed."""

from datetime import datetime

from sqlalchemy import text, tuple_
from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.ids import new_id
from ticketdesk.models import Chat, User
from ticketdesk.models.enums import ChatEscalation, ChatStatus, UserRole
from ticketdesk.services import notifications
from ticketdesk.services.chats import access
from ticketdesk.services.chats.announce import announce
from ticketdesk.services.chats.commands import CreateChat, UpdateChat
from ticketdesk.services.chats.views import ChatView, chat_view
from ticketdesk.services.paging import (
    Page,
    decode_cursor,
    encode_cursor,
    moment,
)
from ticketdesk.services.rules.chats import escalated
from ticketdesk.services.tickets.assign import resolve_assignee


def create(session: Session, actor: Actor, command: CreateChat) -> ChatView:
    """Open a chat, or return the one that the other system fed in before under the same key."""
    actor.require(UserRole.AGENT)
    if command.external_id:
        # Two callers with the same key must not both find that it is new.
        session.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 20261125))"),
            {"key": f"{actor.organization_id} {command.external_id}"},
        )
        known = session.exec(
            select(Chat).where(
                Chat.organization_id == actor.organization_id,
                Chat.external_id == command.external_id,
            )
        ).first()
        if known:
            return _view(session, known)
    customer = session.exec(
        select(User.id).where(
            User.organization_id == actor.organization_id, User.email == command.customer_email
        )
    ).first()
    chat = Chat(
        id=new_id("chat"),
        organization_id=actor.organization_id,
        title=command.title,
        customer_id=customer,
        customer_name=command.customer_name,
        customer_email=command.customer_email,
        channel=command.channel,
        external_id=command.external_id,
        escalation=command.escalation,
        chat_metadata=command.metadata,
    )
    session.add(chat)
    session.flush()
    announce(session, chat, "chat:created")
    return _view(session, chat)


def get(session: Session, actor: Actor, chat_id: str) -> ChatView:
    """Return a chat."""
    actor.require(UserRole.CUSTOMER, writes=False)
    return _view(session, access.find(session, actor, chat_id))


def list_chats(
    session: Session,
    actor: Actor,
    *,
    status: ChatStatus | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[ChatView]:
    """Return chats, the last active first."""
    actor.require(UserRole.CUSTOMER, writes=False)
    query = select(Chat).where(Chat.organization_id == actor.organization_id)
    if not actor.is_staff:
        query = query.where(access.mine(actor))
    if status:
        query = query.where(Chat.status == status)
    if cursor:
        at, row_id = decode_cursor(cursor, 2)
        query = query.where(
            tuple_(col(Chat.last_message_at), col(Chat.id)) < tuple_(moment(at), str(row_id))
        )
    size = max(1, min(limit, 100))
    ordered = query.order_by(col(Chat.last_message_at).desc(), col(Chat.id).desc())
    rows = list(session.exec(ordered.limit(size + 1)).all())
    page, more = rows[:size], len(rows) > size
    tickets = access.tickets_of(session, [chat.id for chat in page])
    cursor_behind = encode_cursor(page[-1].last_message_at, page[-1].id) if more else None
    return Page([chat_view(chat, tickets[chat.id]) for chat in page], cursor_behind)


def update(session: Session, actor: Actor, chat_id: str, command: UpdateChat) -> ChatView:
    """Rename, escalate, assign, close or reopen a chat; whom it is handed to hears the bell.

    Raises:
        NotFound: no such chat or agent.
    """
    actor.require(UserRole.AGENT)
    chat = access.find(session, actor, chat_id, lock=True)
    given, before = command.model_fields_set, chat.assigned_to_id
    if command.title:
        chat.title = command.title
    escalates = (
        command.escalation not in (None, ChatEscalation.NONE)
        and command.escalation != chat.escalation
    )
    if command.escalation is not None:
        chat.escalation = ChatEscalation(command.escalation)
    if "assigned_to_id" in given:
        user = resolve_assignee(session, actor, command.assigned_to_id)
        chat.assigned_to_id = user.id if user else None
    if command.is_closed is not None:
        chat.status = ChatStatus.CLOSED if command.is_closed else ChatStatus.OPEN
        chat.closed_at = clock.now() if command.is_closed else None
    chat.version += 1
    session.add(chat)
    session.flush()
    announce(session, chat, "chat:updated", changed=sorted(given))
    if chat.assigned_to_id != before:
        notifications.tell_of_chat(session, actor, chat)
    if escalates:
        escalated(session, chat)
    return _view(session, chat)


def mark_read(session: Session, actor: Actor, chat_id: str) -> None:
    """Remember that the reader has seen the chat up to now."""
    actor.require(UserRole.CUSTOMER, writes=False)
    chat = access.find(session, actor, chat_id, lock=True)
    if actor.is_staff:
        chat.agent_read_at = read_now(chat)
    else:
        chat.customer_read_at = read_now(chat)
    session.add(chat)
    session.flush()
    announce(session, chat, "chat:read")


def read_now(chat: Chat) -> datetime:
    """Return the moment up to which somebody who looks now has seen a chat."""
    return max(clock.now(), chat.last_message_at)


def _view(session: Session, chat: Chat) -> ChatView:
    return chat_view(chat, access.tickets_of(session, [chat.id])[chat.id])
