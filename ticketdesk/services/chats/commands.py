"""What the chat verbs take."""

from typing import Annotated, Any

from pydantic import Field

from ticketdesk.models.enums import ChatEscalation, ChatRole, TicketPriority
from ticketdesk.models.wire import Command
from ticketdesk.services.tickets.commands import (
    Body,
    Category,
    Email,
    Name,
    Reference,
    Subject,
    Tags,
)


class CreateChat(Command):
    """A new chat; `external_id` is the other chat system's key and makes a repeat harmless."""

    title: Subject
    customer_name: Name
    customer_email: Email | None = None
    channel: Annotated[str, Field(pattern=r"^[A-Z_]{1,20}$")] = "WEB"
    external_id: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    escalation: ChatEscalation = ChatEscalation.NONE
    metadata: Annotated[dict[str, Any], Field(max_length=50)] = Field(default_factory=dict)


class AddMessage(Command):
    """A message; `client_id` is the sender's own key, so that a repeat is stored once."""

    role: ChatRole
    content: Body
    author_name: Name | None = None
    client_id: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    attachment_ids: list[Reference] = Field(default_factory=list, max_length=20)


class UpdateChat(Command):
    """A partial change of a chat."""

    title: Subject | None = None
    escalation: ChatEscalation | None = None
    assigned_to_id: Reference | None = None
    is_closed: bool | None = None


class TicketFromChat(Command):
    """The specification's body of `POST /api/tickets/from-chat/{chatId}`."""

    subject: Subject | None = None
    priority: TicketPriority | None = None
    category: Category | None = None
    include_transcript: bool = True
    include_attachments: bool = True
    auto_assign_to_agent: bool = False
    tags: Tags = Field(default_factory=list)
    requester_name: Name | None = None
    requester_email: Email | None = None
