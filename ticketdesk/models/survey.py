"""What a requester thinks of the help, once a ticket."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk.models.base import TIME, TenantRow, one_of


class Satisfaction(StrEnum):
    """The answer to the survey."""

    GOOD = "GOOD"
    BAD = "BAD"


class Survey(TenantRow, table=True):
    """A question asked after the work and its answer; `created_at` is when it was asked."""

    __tablename__ = "surveys"
    __table_args__ = (
        Index("surveys_ticket_key", "ticket_id", unique=True),
        Index("surveys_rated_idx", "organization_id", "rated_at"),
    )

    ticket_id: str = Field(foreign_key="tickets.id", ondelete="CASCADE")
    recipient: str
    rating: Satisfaction | None = Field(default=None, sa_type=one_of(Satisfaction))
    comment: str = ""
    rated_at: datetime | None = Field(default=None, sa_type=TIME)
