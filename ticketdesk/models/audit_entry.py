"""The audit log: who changed what about the organization itself."""

from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk.models.base import JSON, TenantRow


class AuditEntry(TenantRow, table=True):
    """One change of settings, members or secrets; tickets have their own history.

    `action` is `noun.verb`, such as `member.deactivated`; `before` and `after` hold the changed
    values by camelCase name, never a secret.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("audit_entries_time_idx", "organization_id", "created_at", "id"),
        Index("audit_entries_action_idx", "organization_id", "action", "created_at"),
    )

    action: str
    subject_id: str | None = None
    subject_name: str = ""
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    performed_by_id: str | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    performed_by_name: str
    performed_by_kind: str
