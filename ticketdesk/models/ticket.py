"""Tickets."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Computed, Index, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field

from ticketdesk import clock
from ticketdesk.models.base import JSON, TIME, WORDS, TenantRow, one_of
from ticketdesk.models.enums import (
    ContentFormat,
    SlaState,
    TicketPriority,
    TicketSource,
    TicketStatus,
)

_PRIORITY_RANK = (
    "(CASE priority WHEN 'LOW' THEN 1 WHEN 'MEDIUM' THEN 2 WHEN 'HIGH' THEN 3"
    " WHEN 'URGENT' THEN 4 ELSE 5 END)::smallint"
)
_STATUS_RANK = (
    "(CASE status WHEN 'NEW' THEN 1 WHEN 'OPEN' THEN 2 WHEN 'IN_PROGRESS' THEN 3"
    " WHEN 'WAITING_ON_CUSTOMER' THEN 4 WHEN 'WAITING_ON_THIRD_PARTY' THEN 5"
    " WHEN 'RESOLVED' THEN 6 WHEN 'CLOSED' THEN 7 ELSE 8 END)::smallint"
)
# A tsvector holds at most 1 MB of words: the first 100,000 characters of a text are searched.
# The organization is a word, too: GIN cannot hold a second column without an extension, and a word
# that is common elsewhere must not cost anything here.
_SEARCH = (
    "setweight(to_tsvector('simple', left(subject, 2000)), 'A') ||"
    " setweight(to_tsvector('simple', requester_name || ' ' || requester_email || ' '"
    " || translate(requester_email, '@.-_+', '     ')), 'B') ||"
    " to_tsvector('simple', left(description_text, 100000)) ||"
    " setweight(array_to_tsvector(tags), 'B') || array_to_tsvector(ARRAY[organization_id])"
)


class Ticket(TenantRow, table=True):
    """A customer's matter, from the first message to its closing.

    `description` is kept as written (sanitised when HTML), `description_text` as plain words for
    search, mail and previews. `version` grows with every change and is the ETag of the API.
    `sla_due_at` is the earliest target still running (None while paused or when nothing runs),
    `sla_warn_at` when it becomes "due soon", `next_sla_event_at` when the sweeper must look next.
    `sla_pauses` lists the stays in statuses that can pause a clock, whatever the policy says today:
    `status`, `from`, `to` (None while it lasts). `next_response_since` is when the customer's
    oldest unanswered message came.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        Index("tickets_number_key", "organization_id", "ticket_number", unique=True),
        Index("tickets_created_idx", "organization_id", "created_at", "id"),
        Index("tickets_updated_idx", "organization_id", "updated_at", "id"),
        Index("tickets_priority_idx", "organization_id", "priority_rank", "created_at", "id"),
        Index("tickets_status_rank_idx", "organization_id", "status_rank", "created_at", "id"),
        Index("tickets_status_idx", "organization_id", "status", "updated_at", "id"),
        Index("tickets_status_changed_idx", "organization_id", "status_changed_at", "id"),
        Index("tickets_last_message_idx", "organization_id", "last_message_at", "id"),
        Index(
            "tickets_assignee_changed_idx", "organization_id", "assigned_to_id", "updated_at", "id"
        ),
        Index("tickets_source_idx", "organization_id", "source", "created_at", "id"),
        Index("tickets_sla_state_idx", "organization_id", "sla_state", "updated_at", "id"),
        Index("tickets_assignee_idx", "organization_id", "assigned_to_id", "status", "updated_at"),
        Index("tickets_requester_idx", "organization_id", "requester_email", "created_at"),
        Index("tickets_requester_id_idx", "requester_id"),
        Index("tickets_category_idx", "organization_id", "category", "updated_at"),
        Index("tickets_sla_due_idx", "organization_id", "sla_due_at", "id"),
        Index(
            "tickets_resolved_idx",
            "organization_id",
            "resolved_at",
            postgresql_where=text("resolved_at IS NOT NULL"),
        ),
        Index(
            "tickets_closed_idx",
            "organization_id",
            "closed_at",
            postgresql_where=text("closed_at IS NOT NULL"),
        ),
        Index(
            "tickets_merged_idx",
            "merged_into_id",
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
        Index("tickets_tags_idx", "tags", postgresql_using="gin"),
        Index("tickets_search_idx", "search", postgresql_using="gin"),
        Index("tickets_origin_chat_idx", "origin_chat_id"),
        Index(
            "tickets_linked_chats_idx",
            "organization_id",
            postgresql_where=text("linked_chat_ids <> '{}'"),
        ),
        Index(
            "tickets_next_sla_event_idx",
            "next_sla_event_at",
            postgresql_where=text("next_sla_event_at IS NOT NULL"),
        ),
    )

    ticket_number: int
    subject: str
    description: str
    description_format: ContentFormat = Field(
        default=ContentFormat.TEXT, sa_type=one_of(ContentFormat)
    )
    description_text: str = ""
    status: TicketStatus = Field(default=TicketStatus.NEW, sa_type=one_of(TicketStatus))
    priority: TicketPriority = Field(default=TicketPriority.MEDIUM, sa_type=one_of(TicketPriority))
    category: str | None = None
    source: TicketSource = Field(default=TicketSource.MANUAL, sa_type=one_of(TicketSource))
    language: str | None = None

    requester_id: str | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    requester_email: str
    requester_name: str
    cc: list[str] = Field(default_factory=list, sa_type=WORDS)
    assigned_to_id: str | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    assigned_at: datetime | None = Field(default=None, sa_type=TIME)

    origin_chat_id: str | None = Field(default=None, foreign_key="chats.id", ondelete="SET NULL")
    linked_chat_ids: list[str] = Field(default_factory=list, sa_type=WORDS)
    merged_into_id: str | None = Field(default=None, foreign_key="tickets.id", ondelete="SET NULL")

    tags: list[str] = Field(default_factory=list, sa_type=WORDS)
    custom_fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    ticket_metadata: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column("metadata", JSON, nullable=False)
    )

    first_response_at: datetime | None = Field(default=None, sa_type=TIME)
    first_response_sla: datetime | None = Field(default=None, sa_type=TIME)
    resolution_sla: datetime | None = Field(default=None, sa_type=TIME)
    status_changed_at: datetime = Field(default_factory=clock.now, sa_type=TIME)
    resolved_at: datetime | None = Field(default=None, sa_type=TIME)
    closed_at: datetime | None = Field(default=None, sa_type=TIME)
    next_response_since: datetime | None = Field(default=None, sa_type=TIME)
    next_response_sla: datetime | None = Field(default=None, sa_type=TIME)
    sla_policy_id: str | None = None
    sla_pauses: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    sla_state: SlaState = Field(default=SlaState.OK, sa_type=one_of(SlaState))
    sla_due_at: datetime | None = Field(default=None, sa_type=TIME)
    sla_warn_at: datetime | None = Field(default=None, sa_type=TIME)
    next_sla_event_at: datetime | None = Field(default=None, sa_type=TIME)

    updated_at: datetime = Field(default_factory=clock.now, sa_type=TIME)
    last_message_at: datetime = Field(default_factory=clock.now, sa_type=TIME)
    version: int = 1

    priority_rank: int | None = Field(
        default=None, sa_column=Column(SmallInteger, Computed(_PRIORITY_RANK, persisted=True))
    )
    status_rank: int | None = Field(
        default=None, sa_column=Column(SmallInteger, Computed(_STATUS_RANK, persisted=True))
    )
    search: str | None = Field(
        default=None, sa_column=Column(TSVECTOR, Computed(_SEARCH, persisted=True))
    )


class TicketRead(TenantRow, table=True):
    """When an agent last had a ticket open; a later message makes it unread for them."""

    __tablename__ = "ticket_reads"
    __table_args__ = (
        Index("ticket_reads_key", "user_id", "ticket_id", unique=True),
        Index("ticket_reads_ticket_idx", "ticket_id"),
    )

    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE")
    ticket_id: str = Field(foreign_key="tickets.id", ondelete="CASCADE")
    read_at: datetime = Field(default_factory=clock.now, sa_type=TIME)


class TicketLink(TenantRow, table=True):
    """A relation between two tickets, stored once and read from both sides."""

    __tablename__ = "ticket_links"
    __table_args__ = (
        Index("ticket_links_key", "ticket_id", "other_ticket_id", "kind", unique=True),
        Index("ticket_links_other_idx", "other_ticket_id"),
    )

    ticket_id: str = Field(foreign_key="tickets.id", ondelete="CASCADE")
    other_ticket_id: str = Field(foreign_key="tickets.id", ondelete="CASCADE")
    kind: str = Field(sa_type=Text)
    created_by_id: str | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
