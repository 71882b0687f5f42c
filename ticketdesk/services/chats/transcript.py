"""A chat as text, in exactly the specification's format (Transcript Formatting)."""

from collections.abc import Iterable
from datetime import tzinfo
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import ChatMessage, Organization
from ticketdesk.models.enums import ChatRole, UserRole
from ticketdesk.services.chats import access

HEADING = "[Chat Transcript]"
CONTINUED = "[Chat Transcript, continued]"

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


def in_parts(messages: Iterable[ChatMessage], zone: tzinfo, longest: int) -> list[str]:
    """Return the whole transcript in parts that can be stored; most often it is one.

    Each part begins with its heading and ends between two messages; only a message that fills a
    part by itself is cut, and goes on in the next one.

    Args:
        messages: oldest first.
        longest: characters of a part at most.
    """
    parts = [HEADING + "\n"]
    is_fresh = True
    for message in messages:
        rest = _line(message, zone)
        while rest:
            gap = "" if is_fresh else "\n\n"
            room = longest - len(parts[-1]) - len(gap)
            if len(rest) > room and not is_fresh:
                parts.append(CONTINUED + "\n")
                is_fresh = True
                continue
            parts[-1] += gap + rest[:room]
            rest, is_fresh = rest[room:], False
    return parts


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
    return format_messages(list(messages), zone_of(session, chat.organization_id))


def zone_of(session: Session, organization_id: str) -> ZoneInfo:
    """Return the time zone in which an organization's transcripts are written."""
    name = session.exec(
        select(Organization.timezone).where(Organization.id == organization_id)
    ).one()
    return ZoneInfo(name)
