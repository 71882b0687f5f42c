"""Tells open pages that something about a file changed, after the commit."""

from sqlmodel import Session

from ticketdesk.models import Chat, ChatMessage, TicketAttachment
from ticketdesk.realtime_events import RealtimeEvent, collect
from ticketdesk.services.chats.announce import announce as announce_chat


def announce(session: Session, row: TicketAttachment) -> None:
    """Let the pages that show a file's ticket or chat read again."""
    if row.ticket_id:
        channels = (f"ticket:{row.organization_id}", f"ticket:{row.ticket_id}")
        facts = {"changed": ["attachments"], "attachmentId": row.id}
        collect(
            session,
            RealtimeEvent("ticket:updated", row.organization_id, row.ticket_id, channels, facts),
        )
    elif row.chat_message_id:
        message = session.get(ChatMessage, row.chat_message_id)
        chat = session.get(Chat, message.chat_id) if message else None
        if message and chat:
            announce_chat(session, chat, "chat:message:updated", messageId=message.id)
