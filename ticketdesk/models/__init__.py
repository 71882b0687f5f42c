"""The tables; importing this package registers all of them."""

from ticketdesk.models.chat import Chat, ChatMessage
from ticketdesk.models.draft import Draft
from ticketdesk.models.idempotency_key import IdempotencyKey
from ticketdesk.models.organization import Organization, TicketCounter
from ticketdesk.models.outbox_event import OutboxEvent
from ticketdesk.models.session import ApiKey, Session
from ticketdesk.models.ticket import Ticket, TicketLink, TicketRead
from ticketdesk.models.ticket_activity import TicketActivity
from ticketdesk.models.ticket_attachment import TicketAttachment
from ticketdesk.models.ticket_response import TicketResponse
from ticketdesk.models.user import User

__all__ = [
    "ApiKey",
    "Chat",
    "ChatMessage",
    "Draft",
    "IdempotencyKey",
    "Organization",
    "OutboxEvent",
    "Session",
    "Ticket",
    "TicketActivity",
    "TicketAttachment",
    "TicketCounter",
    "TicketLink",
    "TicketRead",
    "TicketResponse",
    "User",
]
