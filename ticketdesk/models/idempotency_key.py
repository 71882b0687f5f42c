"""Idempotency keys: the answer a create gave, kept for 24 hours (contract.md, REST)."""

from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk.models.base import JSON, TenantRow


class IdempotencyKey(TenantRow, table=True):
    """The first answer to a key; `scope` is caller and route, `fingerprint` hashes the body."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        Index("idempotency_keys_key", "organization_id", "scope", "key", unique=True),
        Index("idempotency_keys_created_idx", "created_at"),
    )

    scope: str
    key: str
    fingerprint: str
    answer: dict[str, Any] | None = Field(default=None, sa_type=JSON)
