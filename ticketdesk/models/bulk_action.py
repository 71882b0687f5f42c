"""One change of many tickets: what was wanted, how far it is, and what it takes to undo it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk.models.base import JSON, TIME, TenantRow


class BulkAction(TenantRow, table=True):
    """`ticket_ids` is worked through from `position` on, in batches.

    `before` maps a ticket to its facts and version afterwards, `refused` to the reason why it was
    left alone. `undo_position` counts the way back. An action on more tickets than one row should
    hold has further rows, which name the first as `part_of`.
    """

    __tablename__ = "bulk_actions"
    __table_args__ = (
        Index("bulk_actions_user_idx", "performed_by_id", "created_at"),
        Index("bulk_actions_part_idx", "part_of"),
    )

    part_of: str | None = Field(default=None, foreign_key="bulk_actions.id", ondelete="CASCADE")
    change: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    ticket_ids: list[str] = Field(default_factory=list, sa_type=JSON)
    position: int = 0
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    refused: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    performed_by_id: str = Field(foreign_key="users.id", ondelete="CASCADE")
    finished_at: datetime | None = Field(default=None, sa_type=TIME)
    undo_requested_at: datetime | None = Field(default=None, sa_type=TIME)
    undo_position: int = 0
    undone_at: datetime | None = Field(default=None, sa_type=TIME)
