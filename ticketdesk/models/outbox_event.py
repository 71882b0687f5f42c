"""The outbox: what must leave the database after a commit, one row per subscriber."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from ticketdesk.models.base import JSON, TIME, TenantRow


class OutboxEvent(TenantRow, table=True):
    """A promise to do something outside, written in the transaction of its cause.

    A worker takes it by writing `leased_until`; whoever finds a lapsed lease may take it again.
    Exactly one of `done_at` and `failed_at` is set at the end.
    """

    __tablename__ = "outbox_events"
    __table_args__ = (
        Index(
            "outbox_events_due_idx",
            "subscriber",
            "available_at",
            postgresql_where=text("done_at IS NULL AND failed_at IS NULL"),
        ),
        Index("outbox_events_organization_idx", "organization_id", "created_at"),
        Index("outbox_events_done_idx", "done_at", postgresql_where=text("done_at IS NOT NULL")),
    )

    subscriber: str
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    available_at: datetime = Field(sa_type=TIME)
    attempts: int = 0
    leased_until: datetime | None = Field(default=None, sa_type=TIME)
    lease_token: str | None = None
    done_at: datetime | None = Field(default=None, sa_type=TIME)
    failed_at: datetime | None = Field(default=None, sa_type=TIME)
    last_error: str | None = None
