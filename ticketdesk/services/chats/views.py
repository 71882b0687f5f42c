"""What the chat verbs return."""

from typing import Any

from ticketdesk.models import Chat, ChatMessage, TicketAttachment
from ticketdesk.models.enums import ChatEscalation, ChatRole, ChatStatus
from ticketdesk.models.wire import Moment, View
from ticketdesk.services.tickets.views import AttachmentView, attachment_view


class ChatTicketView(View):
    """A ticket made from a chat, as its badge shows it."""

    id: str
    ticket_number: int
    view_url: str


class ChatView(View):
    """A chat as the API gives it."""

    id: str
    organization_id: str
    title: str
    customer_id: str | None
    customer_name: str
    customer_email: str | None
    channel: str
    external_id: str | None
    status: ChatStatus
    escalation: ChatEscalation
    assigned_to_id: str | None
    last_message_at: Moment
    agent_read_at: Moment | None
    customer_read_at: Moment | None
    closed_at: Moment | None
    created_at: Moment
    metadata: dict[str, Any]
    version: int
    tickets: list[ChatTicketView]


class MessageView(View):
    """A chat message as the API gives it."""

    id: str
    chat_id: str
    role: ChatRole
    author_id: str | None
    author_name: str
    content: str
    client_id: str | None
    attachments: list[AttachmentView]
    created_at: Moment


def chat_view(chat: Chat, tickets: list[ChatTicketView]) -> ChatView:
    """Return a chat with the tickets made from it."""
    names = ChatView.model_fields.keys() - {"metadata", "tickets"}
    values = {name: getattr(chat, name) for name in names}
    return ChatView.model_construct(**values, metadata=chat.chat_metadata, tickets=tickets)


def message_view(row: ChatMessage, files: list[TicketAttachment]) -> MessageView:
    """Return a message with its files."""
    names = MessageView.model_fields.keys() - {"attachments"}
    return MessageView.model_construct(
        **{name: getattr(row, name) for name in names},
        attachments=[attachment_view(file) for file in files],
    )
