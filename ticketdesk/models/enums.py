"""The specification's enumerations, and the few it leaves open."""

from enum import StrEnum


class TicketStatus(StrEnum):
    """Where a ticket stands; the allowed moves are in `status.py`."""

    NEW = "NEW"
    OPEN = "OPEN"
    IN_PROGRESS = "IN_PROGRESS"
    WAITING_ON_CUSTOMER = "WAITING_ON_CUSTOMER"
    WAITING_ON_THIRD_PARTY = "WAITING_ON_THIRD_PARTY"
    RESOLVED = "RESOLVED"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


class TicketPriority(StrEnum):
    """How much it matters, least first; `rank` gives the order."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"
    URGENT = "URGENT"
    CRITICAL = "CRITICAL"


class ResponseAuthorType(StrEnum):
    """Who wrote a response; EMAIL marks one that came in by mail from the customer."""

    CUSTOMER = "CUSTOMER"
    AGENT = "AGENT"
    SYSTEM = "SYSTEM"
    EMAIL = "EMAIL"


class TicketActivityType(StrEnum):
    """What an activity row tells: the specification's kinds first, then our own."""

    CREATED = "CREATED"
    STATUS_CHANGED = "STATUS_CHANGED"
    PRIORITY_CHANGED = "PRIORITY_CHANGED"
    ASSIGNED = "ASSIGNED"
    UNASSIGNED = "UNASSIGNED"
    RESPONDED = "RESPONDED"
    INTERNAL_NOTE_ADDED = "INTERNAL_NOTE_ADDED"
    ATTACHMENT_ADDED = "ATTACHMENT_ADDED"
    TAG_ADDED = "TAG_ADDED"
    TAG_REMOVED = "TAG_REMOVED"
    MERGED = "MERGED"
    SPLIT = "SPLIT"
    REOPENED = "REOPENED"
    RESOLVED = "RESOLVED"
    CLOSED = "CLOSED"
    ATTACHMENT_REMOVED = "ATTACHMENT_REMOVED"
    CATEGORY_CHANGED = "CATEGORY_CHANGED"
    UPDATED = "UPDATED"
    LINKED = "LINKED"
    UNLINKED = "UNLINKED"
    MERGE_UNDONE = "MERGE_UNDONE"
    SPLIT_UNDONE = "SPLIT_UNDONE"
    SLA_WARNED = "SLA_WARNED"
    SLA_BREACHED = "SLA_BREACHED"
    SLA_ESCALATED = "SLA_ESCALATED"
    RULES_STOPPED = "RULES_STOPPED"
    MAIL_FAILED = "MAIL_FAILED"


class TicketSource(StrEnum):
    """Through which door a ticket came in (contract.md, list filters)."""

    MANUAL = "MANUAL"
    CHAT = "CHAT"
    EMBED = "EMBED"
    EMAIL = "EMAIL"
    PORTAL = "PORTAL"
    API = "API"


class ContentFormat(StrEnum):
    """How a description or a response is written down."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"


class UserRole(StrEnum):
    """What a member may do (semantics.md, Access)."""

    CUSTOMER = "CUSTOMER"
    AGENT = "AGENT"
    ADMIN = "ADMIN"


class ApiKeyScope(StrEnum):
    """What an API key may do; `inbound` only delivers mail."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"
    INBOUND = "inbound"


class SlaState(StrEnum):
    """How a ticket stands against its targets (semantics.md, SLA)."""

    OK = "ok"
    DUE_SOON = "due_soon"
    BREACHED = "breached"
    PAUSED = "paused"
    MET = "met"


class ChatStatus(StrEnum):
    """Where a chat stands."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


class ChatEscalation(StrEnum):
    """Whether the bot or the customer asked for a person."""

    NONE = "NONE"
    REQUESTED = "REQUESTED"
    ESCALATED = "ESCALATED"


class ChatRole(StrEnum):
    """Who wrote a chat message."""

    USER = "USER"
    AGENT = "AGENT"
    BOT = "BOT"


class AttachmentState(StrEnum):
    """How far a file got through its checks; only READY files are served."""

    CHECKING = "CHECKING"
    READY = "READY"
    QUARANTINED = "QUARANTINED"


class LinkKind(StrEnum):
    """How one ticket relates to another, read from the first to the second."""

    RELATED = "RELATED"
    PARENT = "PARENT"
    CHILD = "CHILD"
    DUPLICATE = "DUPLICATE"
