"""A chat's screen: who talks, what was said last, what one has typed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Chat, ChatMessage, User
from ticketdesk.models.enums import ChatRole, ChatStatus, ContentFormat, UserRole
from ticketdesk.services import drafts, notifications, rich_text
from ticketdesk.services.chats import access, chats, messages
from ticketdesk.services.chats import later as newer
from ticketdesk.services.chats.commands import AddMessage
from ticketdesk.services.chats.in_order import by_index
from ticketdesk.services.files import waiting
from ticketdesk.services.files.tiles import tile

Item = dict[str, Any]

_LONGEST = 4_000
"""Characters of a message that are shown at once; the rest comes on demand."""
_WHOLE = 200_000
_TOGETHER = timedelta(minutes=3)
_KINDS = {ChatRole.USER: "customer", ChatRole.AGENT: "agent", ChatRole.BOT: "bot"}


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything on the screen; `older` and `newer` say whether more lies beyond the window."""

    facts: dict[str, Any]
    items: list[Item]
    older: bool
    newer: bool
    draft: str
    draft_files: list[dict[str, Any]]


def open_chat(
    session: Session,
    actor: Actor,
    chat_id: str,
    *,
    count: int = 50,
    before: str = "",
    whole: str = "",
    seen: bool = False,
) -> Conversation:
    """Return the screen of a chat.

    Args:
        count: how many messages; only they are read, however long the chat is.
        before: the message that comes after the last one shown; "" for the newest.
        whole: a message to show in full length.
        seen: remember that an agent has seen the chat up to now.

    Raises:
        NotFound: no such chat for this caller.
        Forbidden: a customer has no business in the staff app.
    """
    actor.require(UserRole.AGENT, writes=False)
    chat = access.find(session, actor, chat_id)
    rows, older = _window(session, chat, count, before)
    if seen:
        _see(session, actor, chat, rows if not before else [])
    draft: dict[str, Any] = {}
    if actor.user_id:
        draft = drafts.load(session, actor, _place(chat)) or {}
    files = messages.files_of(session, [row.id for row in rows])
    seen_id = _seen_by_customer(chat, rows)
    items: list[Item] = []
    for row in rows:
        tiles = [tile(file) for file in files.get(row.id, [])]
        items.append(_item(row, tiles, items[-1] if items else None, whole == row.id))
        items[-1]["seen"] = row.id == seen_id
    return Conversation(
        facts=_facts(session, actor, chat) | _ends(rows),
        items=items,
        older=older,
        newer=bool(before),
        draft=str(draft.get("content", "")),
        draft_files=waiting.named(session, actor, draft.get("files")),
    )


def save(
    session: Session, actor: Actor, chat_id: str, content: str, files: list[str] | None = None
) -> None:
    """Keep what is typed and which uploads go with it."""
    actor.require(UserRole.AGENT)
    chat = access.find(session, actor, chat_id)
    drafts.save(session, actor, _place(chat), {"content": content, "files": files or []})


def send(
    session: Session,
    actor: Actor,
    chat_id: str,
    content: str,
    *,
    client_id: str,
    files: list[str] | None = None,
) -> None:
    """Say something to the customer and forget the draft, in one transaction.

    Args:
        client_id: the sender's own key; a repeat is stored once.
        files: identifiers of the uploads that go with it.

    Raises:
        Conflict: the chat is closed.
        Invalid: nothing was written, or too much.
    """
    actor.require(UserRole.AGENT)
    chat = access.find(session, actor, chat_id)
    command = AddMessage.parse(
        {
            "role": ChatRole.AGENT,
            "content": content,
            "clientId": client_id,
            "attachmentIds": files or [],
        }
    )
    messages.add_message(session, actor, chat.id, command)
    drafts.discard(session, actor, _place(chat))


def _ends(rows: list[ChatMessage]) -> dict[str, str]:
    return {"first": rows[0].id if rows else "", "latest": rows[-1].id if rows else ""}


def _place(chat: Chat) -> str:
    return f"chat:{chat.id}"


def _window(
    session: Session, chat: Chat, count: int, before: str
) -> tuple[list[ChatMessage], bool]:
    at = (col(ChatMessage.created_at), col(ChatMessage.id))
    query = select(ChatMessage).where(ChatMessage.chat_id == chat.id)
    end = session.get(ChatMessage, before) if before else None
    if end and end.chat_id == chat.id:
        query = query.where(tuple_(*at) < tuple_(end.created_at, end.id))
    with by_index(session):
        newest = session.exec(query.order_by(*(one.desc() for one in at)).limit(count + 1)).all()
    return list(reversed(newest[:count])), len(newest) > count


def _see(session: Session, actor: Actor, chat: Chat, rows: list[ChatMessage]) -> None:
    if _unread(chat, rows):
        chats.mark_read(session, actor, chat.id)
    if actor.user_id:
        notifications.mark_read(session, actor, chat_id=chat.id)


def _unread(chat: Chat, rows: list[ChatMessage]) -> bool:
    said = bool(rows) and rows[-1].role != ChatRole.AGENT
    return said and (chat.agent_read_at is None or chat.agent_read_at < chat.last_message_at)


def _seen_by_customer(chat: Chat, rows: list[ChatMessage]) -> str:
    """The agents' last message that the customer has seen carries the mark."""
    read = chat.customer_read_at
    seen = [r.id for r in rows if r.role == ChatRole.AGENT and read and r.created_at <= read]
    return seen[-1] if seen else ""


def _facts(session: Session, actor: Actor, chat: Chat) -> dict[str, Any]:
    assignee = session.get(User, chat.assigned_to_id) if chat.assigned_to_id else None
    tickets = access.tickets_of(session, [chat.id])[chat.id]
    number, later = newer.count(session, actor, chat)
    return {
        "id": chat.id,
        "title": chat.title,
        "customer": chat.customer_name,
        "email": chat.customer_email or "",
        "escalation": str(chat.escalation),
        "closed": chat.status == ChatStatus.CLOSED,
        "assignee": chat.assigned_to_id or "",
        "assigneeName": assignee.name if assignee else "",
        "tickets": [{"number": one.ticket_number} for one in tickets],
        "linked": access.tickets_linked_to(session, chat),
        "later": {"number": number, "messages": later},
        "limits": waiting.limits(session, actor),
    }


def _item(row: ChatMessage, files: list[Item], previous: Item | None, whole: bool) -> Item:
    longest = _WHOLE if whole else _LONGEST
    return {
        "id": row.id,
        "kind": _KINDS[ChatRole(row.role)],
        "author": row.author_name,
        "at": row.created_at.isoformat(),
        "before": previous["at"] if previous else "",
        "follows": _follows(row, previous),
        "html": rich_text.to_html(row.content[:longest], ContentFormat.TEXT),
        "cut": len(row.content) > longest and not whole,
        "files": files,
    }


def _follows(row: ChatMessage, previous: Item | None) -> bool:
    """Whether the same person goes on speaking, so that the name need not be said again."""
    if previous is None or previous["author"] != row.author_name:
        return False
    if previous["kind"] != _KINDS[ChatRole(row.role)]:
        return False
    return row.created_at - datetime.fromisoformat(previous["at"]) < _TOGETHER
