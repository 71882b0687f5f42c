"""A chat as text, in exactly the specification's format (Transcript Formatting)."""

from datetime import tzinfo
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import ChatMessage, Organization
from ticketdesk.models.enums import ChatRole, UserRole
from ticketdesk.services.chats import access

HEADING = "[Chat Transcript]"

_ROLES = {ChatRole.USER: "Customer", ChatRole.AGENT: "Agent", ChatRole.BOT: "Bot"}
# Written out, because strftime's %b follows the machine's language.
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def format_messages(messages: list[ChatMessage], zone: tzinfo) -> str:
    """Return `[MMM dd, yyyy HH:mm] Customer|Agent|Bot: …` per message, a blank line between.

    Args:
        messages: oldest first.
        zone: the organization's time zone.
    """
    return "\n\n".join(_line(message, zone) for message in messages)


def _line(message: ChatMessage, zone: tzinfo) -> str:
    at = message.created_at.astimezone(zone)
    stamp = f"{_MONTHS[at.month - 1]} {at.day:02d}, {at.year} {at:%H:%M}"
    return f"[{stamp}] {_ROLES[ChatRole(message.role)]}: {message.content}"


def of_chat(session: Session, actor: Actor, chat_id: str) -> str:
    """Return the whole transcript of a chat.

    Raises:
        NotFound: no such chat.
    """
    return of_first(session, actor, chat_id, None)


def of_first(session: Session, actor: Actor, chat_id: str, count: int | None) -> str:
    """Return the transcript of a chat's first messages.

    Args:
        count: how many; None for all.

    Raises:
        NotFound: no such chat.
    """
    actor.require(UserRole.AGENT, writes=False)
    chat = access.find(session, actor, chat_id)
    messages = session.exec(
        select(ChatMessage)
        .where(ChatMessage.chat_id == chat.id)
        .order_by(col(ChatMessage.created_at), col(ChatMessage.id))
        .limit(count)
    ).all()
    zone = session.exec(
        select(Organization.timezone).where(Organization.id == chat.organization_id)
    ).one()
    return format_messages(list(messages), ZoneInfo(zone))
