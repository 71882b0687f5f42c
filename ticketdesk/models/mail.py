"""Mail, both ways: what left, what came in, and what is known about addresses."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from ticketdesk import clock
from ticketdesk.models.base import JSON, TIME, TenantRow, one_of


class DeliveryState(StrEnum):
    """How far a mail got for one recipient; SUPPRESSED ones were never handed over."""

    QUEUED = "QUEUED"
    SENT = "SENT"
    DELIVERED = "DELIVERED"
    BOUNCED = "BOUNCED"
    FAILED = "FAILED"
    SUPPRESSED = "SUPPRESSED"


class MailState(StrEnum):
    """How far an incoming message got; only RECEIVED ones are still to be judged."""

    RECEIVED = "RECEIVED"
    CREATED = "CREATED"
    APPENDED = "APPENDED"
    HELD = "HELD"
    IGNORED = "IGNORED"
    BOUNCE = "BOUNCE"
    FAILED = "FAILED"
    DISCARDED = "DISCARDED"


class MailDelivery(TenantRow, table=True):
    """One mail to one recipient.

    `message_id` is ours, fixed before the mail is handed over; `provider_message_id` the one a
    provider put in its place. `words` are the server's. `is_automatic` mails count against the caps
    of semantics.md, Email in.
    """

    __tablename__ = "mail_deliveries"
    __table_args__ = (
        Index("mail_deliveries_key", "outbox_id", "recipient", unique=True),
        Index("mail_deliveries_message_idx", "organization_id", "message_id"),
        Index("mail_deliveries_provider_idx", "organization_id", "provider_message_id"),
        Index("mail_deliveries_recipient_idx", "organization_id", "recipient", "created_at"),
        Index("mail_deliveries_ticket_idx", "ticket_id", "created_at"),
        Index("mail_deliveries_response_idx", "response_id"),
        Index("mail_deliveries_created_idx", "organization_id", "created_at", "id"),
        Index(
            "mail_deliveries_trouble_idx",
            "organization_id",
            "state",
            "created_at",
            "id",
            postgresql_where=text("state IN ('FAILED', 'BOUNCED', 'QUEUED')"),
        ),
    )

    outbox_id: str
    ticket_id: str | None = Field(default=None, foreign_key="tickets.id", ondelete="CASCADE")
    response_id: str | None = Field(
        default=None, foreign_key="ticket_responses.id", ondelete="CASCADE"
    )
    kind: str
    recipient: str
    message_id: str
    provider: str = ""
    provider_message_id: str | None = None
    state: DeliveryState = Field(default=DeliveryState.QUEUED, sa_type=one_of(DeliveryState))
    words: str | None = None
    is_automatic: bool = False
    updated_at: datetime = Field(default_factory=clock.now, sa_type=TIME)


class MailMessage(TenantRow, table=True):
    """An incoming message and what became of it; the raw bytes lie in `MailOriginal`.

    `identity` is the Message-ID, or the digest of the bytes where there is none: what came twice is
    stored once. `why` are the sentences of "Why here?". `body` keeps what a held one would become.
    """

    __tablename__ = "mail_messages"
    __table_args__ = (
        Index("mail_messages_identity_key", "organization_id", "identity", unique=True),
        Index("mail_messages_ticket_idx", "ticket_id", "created_at"),
        Index("mail_messages_response_idx", "response_id"),
        Index("mail_messages_created_idx", "organization_id", "created_at", "id"),
        Index(
            "mail_messages_trouble_idx",
            "organization_id",
            "state",
            "created_at",
            "id",
            postgresql_where=text("state IN ('FAILED', 'HELD')"),
        ),
        Index(
            "mail_messages_unjudged_idx",
            "created_at",
            postgresql_where=text("state = 'RECEIVED'"),
        ),
    )

    identity: str
    message_id: str = ""
    via: str
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    state: MailState = Field(default=MailState.RECEIVED, sa_type=one_of(MailState))
    why: list[str] = Field(default_factory=list, sa_type=JSON)
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    attempts: int = 0
    error: str | None = None
    size: int = 0
    is_automatic: bool = False
    ticket_id: str | None = Field(default=None, foreign_key="tickets.id", ondelete="SET NULL")
    response_id: str | None = Field(
        default=None, foreign_key="ticket_responses.id", ondelete="SET NULL"
    )
    judged_at: datetime | None = Field(default=None, sa_type=TIME)


class MailOriginal(SQLModel, table=True):
    """The bytes of an incoming message exactly as they came, apart from the row that lists it."""

    __tablename__ = "mail_originals"

    mail_id: str = Field(primary_key=True, foreign_key="mail_messages.id", ondelete="CASCADE")
    organization_id: str = Field(foreign_key="organizations.id", ondelete="CASCADE")
    raw: bytes = Field(sa_type=LargeBinary)


class MailAddress(TenantRow, table=True):
    """What is known about an address: whether somebody proved to read it, whether it bounces.

    `no_surveys_at`: its reader wants no questions after the work.
    """

    __tablename__ = "mail_addresses"
    __table_args__ = (Index("mail_addresses_key", "organization_id", "email", unique=True),)

    email: str
    verified_at: datetime | None = Field(default=None, sa_type=TIME)
    undeliverable_at: datetime | None = Field(default=None, sa_type=TIME)
    no_surveys_at: datetime | None = Field(default=None, sa_type=TIME)
    words: str | None = None


class MailAccount(SQLModel, table=True):
    """The provider's secrets and connection of an organization, encrypted at rest."""

    __tablename__ = "mail_accounts"

    organization_id: str = Field(
        primary_key=True, foreign_key="organizations.id", ondelete="CASCADE"
    )
    sealed: str
    updated_at: datetime = Field(default_factory=clock.now, sa_type=TIME)
