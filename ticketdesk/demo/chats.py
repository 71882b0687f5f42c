"""Writes the demo's chats."""

import re
from datetime import datetime
from typing import Any

from ticketdesk.demo import attach
from ticketdesk.demo.desk import Desk
from ticketdesk.demo.script import person, read_file
from ticketdesk.models import Chat, ChatMessage
from ticketdesk.models.enums import ChatEscalation, ChatRole, ChatStatus

_LINE = re.compile(r"(?P<when>\S+) (?P<who>\w+)(?: \[(?P<file>[^\]]+)\])?: (?P<text>.*)", re.DOTALL)
_BOT = "Acme assistant"


def hold(desk: Desk, name: str) -> dict[str, str]:
    """Write the chats of a story file to the desk.

    Returns:
        Their identifiers by the names that stories use.
    """
    return {entry["key"]: _hold(desk, entry).id for entry in read_file(name)["chat"]}


def _hold(desk: Desk, entry: dict[str, Any]) -> Chat:
    name, email = person(entry["from"])
    at = desk.timetable.read(entry["at"])
    customer, agent = desk.customers.get(email), desk.staff.get(entry.get("agent", ""))
    chat = Chat(
        id=desk.identifiers.new("chat", at),
        organization_id=desk.organization.id,
        title=entry["title"],
        customer_id=customer.id if customer else None,
        customer_name=name,
        customer_email=email,
        external_id=f"web-{entry['key']}",
        status=ChatStatus(entry["ends"]),
        escalation=ChatEscalation(entry.get("escalation", "NONE")),
        assigned_to_id=agent.id if agent else None,
        last_message_at=at,
        created_at=at,
    )
    desk.chats.append(chat)
    for number, line in enumerate(entry["messages"]):
        chat.last_message_at = _say(desk, chat, line, number)
    if chat.status == ChatStatus.CLOSED:
        chat.closed_at = chat.agent_read_at = chat.customer_read_at = chat.last_message_at
    elif agent:
        chat.agent_read_at = chat.last_message_at
    return chat


def _say(desk: Desk, chat: Chat, line: str, number: int) -> datetime:
    found = _LINE.fullmatch(line)
    if not found:
        raise ValueError(f"{line!r} is no line of a chat")
    at = desk.timetable.read(found["when"], chat.last_message_at)
    role, author_id, author_name = _author(desk, chat, found["who"])
    message = ChatMessage(
        id=desk.identifiers.new("msg", at),
        organization_id=desk.organization.id,
        chat_id=chat.id,
        role=role,
        author_id=author_id,
        author_name=author_name,
        content=found["text"],
        client_id=f"demo-{number}",
        created_at=at,
    )
    desk.messages.append(message)
    if found["file"]:
        attach.to_chat(desk, message, found["file"])
    return at


def _author(desk: Desk, chat: Chat, who: str) -> tuple[ChatRole, str | None, str]:
    if who == "customer":
        return ChatRole.USER, chat.customer_id, chat.customer_name
    if who == "bot":
        return ChatRole.BOT, None, _BOT
    return ChatRole.AGENT, desk.staff[who].id, desk.staff[who].name
