"""The tables; importing this package registers all of them."""

from ticketdesk.models.audit_entry import AuditEntry
from ticketdesk.models.brand_logo import BrandLogo
from ticketdesk.models.bulk_action import BulkAction
from ticketdesk.models.chat import Chat, ChatMessage
from ticketdesk.models.customers_door import CaptchaSecret, FormVisit, TrackingLink
from ticketdesk.models.deleted_ticket import DeletedTicket
from ticketdesk.models.desk_library import CannedResponse, Macro, SavedView
from ticketdesk.models.draft import Draft
from ticketdesk.models.idempotency_key import IdempotencyKey
from ticketdesk.models.mail import (
    MailAccount,
    MailAddress,
    MailDelivery,
    MailMessage,
    MailOriginal,
)
from ticketdesk.models.mail_digest import MailDigest
from ticketdesk.models.notification import Notification, TicketFollower
from ticketdesk.models.organization import Organization, TicketCounter
from ticketdesk.models.outbox_event import OutboxEvent
from ticketdesk.models.person_erasure import PersonErasure
from ticketdesk.models.rule import AssignmentTurn, Rule, RuleRun
from ticketdesk.models.second_factor import OneTimeToken, SecondFactor
from ticketdesk.models.session import ApiKey, Session
from ticketdesk.models.sign_on_provider import SignOnProvider
from ticketdesk.models.sla_policy import SlaEvent, SlaPolicy
from ticketdesk.models.survey import Satisfaction, Survey
from ticketdesk.models.team import Team, TeamMember
from ticketdesk.models.ticket import Ticket, TicketLink, TicketRead
from ticketdesk.models.ticket_activity import TicketActivity
from ticketdesk.models.ticket_attachment import TicketAttachment
from ticketdesk.models.ticket_merge import TicketMerge, TicketSplit
from ticketdesk.models.ticket_response import TicketResponse
from ticketdesk.models.user import User
from ticketdesk.models.webhook import Webhook, WebhookDelivery

__all__ = [
    "ApiKey",
    "AssignmentTurn",
    "AuditEntry",
    "BrandLogo",
    "BulkAction",
    "CannedResponse",
    "CaptchaSecret",
    "Chat",
    "ChatMessage",
    "DeletedTicket",
    "Draft",
    "FormVisit",
    "IdempotencyKey",
    "Macro",
    "MailAccount",
    "MailAddress",
    "MailDelivery",
    "MailDigest",
    "MailMessage",
    "MailOriginal",
    "Notification",
    "OneTimeToken",
    "Organization",
    "OutboxEvent",
    "PersonErasure",
    "Rule",
    "RuleRun",
    "Satisfaction",
    "SavedView",
    "SecondFactor",
    "Session",
    "SignOnProvider",
    "SlaEvent",
    "SlaPolicy",
    "Survey",
    "Team",
    "TeamMember",
    "Ticket",
    "TicketActivity",
    "TicketAttachment",
    "TicketCounter",
    "TicketFollower",
    "TicketLink",
    "TicketMerge",
    "TicketRead",
    "TicketResponse",
    "TicketSplit",
    "TrackingLink",
    "User",
    "Webhook",
    "WebhookDelivery",
]
