"""Activities: the history of a ticket, written with every change and by nothing else."""

from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from ticketdesk.models.base import JSON, TenantRow, one_of
from ticketdesk.models.enums import TicketActivityType


class TicketActivity(TenantRow, table=True):
    """One change: `changes` maps a camelCase field name to its values before and after.

    `is_public` says whether the requester may see it; what rules do and what concerns notes stays
    inside. `performed_by_kind` tells a user from a rule, an API key or the system.
    """

    __tablename__ = "ticket_activities"
    __table_args__ = (
        Index("ticket_activities_ticket_idx", "ticket_id", "created_at", "id"),
        Index("ticket_activities_created_idx", "organization_id", "created_at"),
        Index(
            "ticket_activities_response_idx",
            "response_id",
            postgresql_where=text("response_id IS NOT NULL"),
        ),
        Index(
            "ticket_activities_breaches_idx",
            "organization_id",
            "ticket_id",
            postgresql_where=text("activity_type = 'SLA_BREACHED'"),
        ),
        Index(
            "ticket_activities_stops_idx",
            "organization_id",
            "created_at",
            postgresql_where=text("activity_type = 'RULES_STOPPED'"),
        ),
    )

    ticket_id: str = Field(foreign_key="tickets.id", ondelete="CASCADE")
    activity_type: TicketActivityType = Field(sa_type=one_of(TicketActivityType))
    description: str
    changes: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    performed_by_id: str | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    performed_by_name: str
    performed_by_kind: str = "USER"
    response_id: str | None = Field(
        default=None, foreign_key="ticket_responses.id", ondelete="SET NULL"
    )
    is_public: bool = False
