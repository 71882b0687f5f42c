"""Service level policies and what has been told about their targets."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk import clock
from ticketdesk.models.base import JSON, TIME, TenantRow


class SlaPolicy(TenantRow, table=True):
    """A promise: `definition` holds conditions, targets, hours and escalations as JSON.

    Policies are tried in the order of `position`; the first whose conditions hold wins. `version`
    grows with every change, so that two admins never overwrite each other.
    """

    __tablename__ = "sla_policies"
    __table_args__ = (Index("sla_policies_order_idx", "organization_id", "position", "id"),)

    name: str
    position: int = 0
    is_active: bool = True
    definition: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    updated_at: datetime = Field(default_factory=clock.now, sa_type=TIME)
    version: int = 1


class SlaEvent(TenantRow, table=True):
    """A warning, breach or escalation that has happened; the unique key lets each happen once.

    `occurrence` tells apart the repetitions of a target (each unanswered message has its own next
    response), `step` the escalations of a policy; both are '' where there is only one.
    """

    __tablename__ = "sla_events"
    __table_args__ = (
        Index("sla_events_key", "ticket_id", "target", "occurrence", "kind", "step", unique=True),
        Index("sla_events_created_idx", "organization_id", "kind", "created_at"),
    )

    ticket_id: str = Field(foreign_key="tickets.id", ondelete="CASCADE")
    target: str
    occurrence: str = ""
    kind: str
    step: str = ""
    due_at: datetime | None = Field(default=None, sa_type=TIME)
