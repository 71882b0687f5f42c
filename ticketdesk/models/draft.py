"""Drafts: what an agent has typed and not sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk import clock
from ticketdesk.models.base import JSON, TIME, TenantRow


class Draft(TenantRow, table=True):
    """One unsent text per agent and place.

    `place` is `ticket:{id}:reply`, `ticket:{id}:note`, `ticket:new` or `chat:{id}`; `content`
    holds the editor's fields as the screen gave them.
    """

    __tablename__ = "drafts"
    __table_args__ = (Index("drafts_key", "user_id", "place", unique=True),)

    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE")
    place: str
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    updated_at: datetime = Field(default_factory=clock.now, sa_type=TIME)
