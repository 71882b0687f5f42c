"""Rules, what they did, and whose turn it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk import clock
from ticketdesk.models.base import JSON, TIME, TenantRow


class Rule(TenantRow, table=True):
    """Something that happens by itself: `definition` holds trigger, conditions and actions.

    Rules run in the order of `position`. A scheduled rule has looked at everything whose moment lay
    at or before `seen_until` (and, of that very moment, up to `seen_id`).
    """

    __tablename__ = "rules"
    __table_args__ = (Index("rules_order_idx", "organization_id", "position", "id"),)

    name: str
    position: int = 0
    is_active: bool = False
    definition: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    is_scheduled: bool = False
    seen_until: datetime | None = Field(default=None, sa_type=TIME)
    seen_id: str | None = None
    updated_at: datetime = Field(default_factory=clock.now, sa_type=TIME)
    version: int = 1


class RuleRun(TenantRow, table=True):
    """One time that a rule's conditions held: what it did to which ticket, or why it could not."""

    __tablename__ = "rule_runs"
    __table_args__ = (
        Index("rule_runs_rule_idx", "rule_id", "created_at", "id"),
        Index("rule_runs_ticket_idx", "ticket_id"),
        Index("rule_runs_created_idx", "created_at"),
    )

    rule_id: str = Field(foreign_key="rules.id", ondelete="CASCADE")
    ticket_id: str = Field(foreign_key="tickets.id", ondelete="CASCADE")
    trigger: str
    words: str = ""
    problem: str = ""


class AssignmentTurn(TenantRow, table=True):
    """Who of a group of agents had the last turn; `agents` is a digest of the group."""

    __tablename__ = "assignment_turns"
    __table_args__ = (Index("assignment_turns_key", "organization_id", "agents", unique=True),)

    agents: str
    last_user_id: str | None = None
