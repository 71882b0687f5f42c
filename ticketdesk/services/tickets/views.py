"""What the ticket verbs return."""

from typing import Any

from ticketdesk.actor import Actor
from ticketdesk.models import Ticket, TicketActivity, TicketAttachment, TicketResponse
from ticketdesk.models.enums import (
    AttachmentState,
    ContentFormat,
    ResponseAuthorType,
    SlaState,
    TicketActivityType,
    TicketPriority,
    TicketSource,
    TicketStatus,
)
from ticketdesk.models.wire import Moment, View
from ticketdesk.services.rich_text import for_customers
from ticketdesk.services.sla.state import state_of


class TicketView(View):
    """A ticket as the API gives it (contract.md, REST, Shapes)."""

    id: str
    ticket_number: int
    organization_id: str
    subject: str
    description: str
    description_format: ContentFormat
    status: TicketStatus
    priority: TicketPriority
    category: str | None
    tags: list[str]
    custom_fields: dict[str, Any]
    requester_id: str | None
    requester_name: str
    requester_email: str
    cc: list[str]
    assigned_to_id: str | None
    assigned_at: Moment | None
    source: TicketSource
    origin_chat_id: str | None
    linked_chat_ids: list[str]
    merged_into_id: str | None
    metadata: dict[str, Any]
    first_response_at: Moment | None
    first_response_sla: Moment | None
    resolution_sla: Moment | None
    sla_state: SlaState
    sla_due_at: Moment | None
    resolved_at: Moment | None
    closed_at: Moment | None
    created_at: Moment
    updated_at: Moment
    version: int
    view_url: str


class AttachmentView(View):
    """A file as the API gives it; `url` needs the caller's own authorisation.

    `thumbnail_url` (200 px) and `preview_url` (1,600 px) come once the previews are drawn;
    `width` and `height` are a picture's own, in pixels. Only a file in state READY is served.
    """

    id: str
    filename: str
    original_name: str
    mime_type: str
    size: int
    url: str
    thumbnail_url: str | None
    preview_url: str | None = None
    width: int | None = None
    height: int | None = None
    state: AttachmentState = AttachmentState.READY
    is_inline: bool = False
    response_id: str | None = None
    created_at: Moment


class AuthorView(View):
    """Who wrote a response."""

    id: str | None
    name: str
    email: str


class ResponseView(View):
    """A response as the API gives it."""

    id: str
    ticket_id: str
    content: str
    content_format: ContentFormat
    is_internal: bool
    author_type: ResponseAuthorType
    author: AuthorView
    cc: list[str]
    is_email_sent: bool
    email_message_id: str | None
    mail_error: str | None
    attachments: list[AttachmentView]
    created_at: Moment


class ActivityView(View):
    """A line of a ticket's history."""

    id: str
    activity_type: TicketActivityType
    description: str
    changes: dict[str, Any]
    performed_by_id: str | None
    performed_by_name: str
    performed_by_kind: str
    response_id: str | None
    created_at: Moment


# What a customer's own view leaves out (semantics.md, Access).
_INSIDE: dict[str, Any] = {
    "tags": [],
    "metadata": {},
    "cc": [],
    "assigned_to_id": None,
    "assigned_at": None,
    "first_response_sla": None,
    "resolution_sla": None,
    "sla_due_at": None,
    "sla_state": SlaState.OK,
    "origin_chat_id": None,
    "linked_chat_ids": [],
    "merged_into_id": None,
    "custom_fields": {},
}


def ticket_view(ticket: Ticket, actor: Actor) -> TicketView:
    """Return the ticket as this caller may see it."""
    names = TicketView.model_fields.keys() - {"metadata", "view_url", "sla_state"}
    values = {name: getattr(ticket, name) for name in names}
    values |= {
        "metadata": ticket.ticket_metadata,
        "sla_state": state_of(ticket),
        "view_url": f"/app/tickets/{ticket.id}",
    }
    if not actor.is_staff:
        values |= _INSIDE | {"view_url": f"/portal/tickets/{ticket.ticket_number}"}
    return TicketView.model_construct(**values)


def attachment_view(row: TicketAttachment) -> AttachmentView:
    """Return a file's facts with the addresses of its bytes and its thumbnail."""
    url = f"/api/attachments/{row.id}"
    return AttachmentView(
        id=row.id,
        filename=row.filename,
        original_name=row.original_name,
        mime_type=row.mime_type,
        size=row.size,
        url=url,
        thumbnail_url=f"{url}/thumbnail" if row.thumbnail_key else None,
        preview_url=f"{url}/thumbnail?size=large" if row.preview_key else None,
        width=row.width,
        height=row.height,
        state=row.state,
        is_inline=row.is_inline,
        response_id=row.response_id,
        created_at=row.created_at,
    )


def response_view(
    row: TicketResponse, attachments: list[TicketAttachment], actor: Actor
) -> ResponseView:
    """Return a response as this caller may see it: customers see no staff addresses."""
    hidden = not actor.is_staff and row.author_email != actor.email
    return ResponseView(
        id=row.id,
        ticket_id=row.ticket_id,
        content=row.content if actor.is_staff else for_customers(row.content),
        content_format=row.content_format,
        is_internal=row.is_internal,
        author_type=row.author_type,
        author=AuthorView(
            id=None if hidden else row.author_id,
            name=row.author_name,
            email="" if hidden else row.author_email,
        ),
        cc=[] if hidden else row.cc,
        is_email_sent=row.is_email_sent,
        email_message_id=None if hidden else row.email_message_id,
        mail_error=None if hidden else row.mail_error,
        attachments=[attachment_view(file) for file in attachments],
        created_at=row.created_at,
    )


def activity_view(row: TicketActivity) -> ActivityView:
    """Return a history line."""
    return ActivityView.model_validate(row)
