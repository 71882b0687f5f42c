"""Realtime notices about chats."""

from typing import Any

from sqlmodel import Session

from ticketdesk.models import Chat
from ticketdesk.realtime_events import RealtimeEvent, collect


def announce(session: Session, chat: Chat, kind: str, **facts: Any) -> None:
    """Tell whoever watches the chat or the organization's chats, after the commit."""
    channels = [f"chat:{chat.organization_id}", f"chat:{chat.id}"]
    if chat.assigned_to_id:
        channels.append(f"agent:{chat.assigned_to_id}")
    collect(
        session,
        RealtimeEvent(
            kind, chat.organization_id, None, tuple(channels), {"chatId": chat.id, **facts}
        ),
    )
