"""Erasures of persons: that there was one, when and how much, never who it was."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk.models.base import JSON, TIME, TenantRow


class PersonErasure(TenantRow, table=True):
    """One erasure, worked off in batches.

    `sealed_email` says whom to look for and is emptied when the work is done. `counts` says how
    many rows of each kind were replaced or deleted.
    """

    __tablename__ = "person_erasures"
    __table_args__ = (Index("person_erasures_created_idx", "organization_id", "created_at", "id"),)

    sealed_email: str = ""
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    requested_by_id: str | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    requested_by_name: str
    finished_at: datetime | None = Field(default=None, sa_type=TIME)
