"""Merges and splits, with all it takes to undo them exactly."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from ticketdesk.models.base import JSON, TIME, TenantRow


class TicketMerge(TenantRow, table=True):
    """One merge of several tickets into one.

    `sources` holds per source ticket what it was before and which rows went over; `target_before`
    what the target was before, as far as the merge touched it.
    """

    __tablename__ = "ticket_merges"
    __table_args__ = (Index("ticket_merges_target_idx", "target_id", "created_at"),)

    target_id: str = Field(foreign_key="tickets.id", ondelete="CASCADE")
    sources: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    target_before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    performed_by_id: str | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    performed_by_name: str
    undone_at: datetime | None = Field(default=None, sa_type=TIME)


class TicketSplit(TenantRow, table=True):
    """One split: the messages that went from a ticket to a new one."""

    __tablename__ = "ticket_splits"
    __table_args__ = (
        Index("ticket_splits_source_idx", "source_id", "created_at"),
        Index(
            "ticket_splits_new_idx",
            "new_ticket_id",
            postgresql_where=text("new_ticket_id IS NOT NULL"),
        ),
    )

    source_id: str = Field(foreign_key="tickets.id", ondelete="CASCADE")
    new_ticket_id: str | None = Field(default=None, foreign_key="tickets.id", ondelete="SET NULL")
    response_ids: list[str] = Field(default_factory=list, sa_type=JSON)
    source_before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    performed_by_id: str | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    performed_by_name: str
    undone_at: datetime | None = Field(default=None, sa_type=TIME)
