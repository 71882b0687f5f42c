"""Webhooks out: where an organization wants to be told, and what came of each telling."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk.models.base import JSON, TIME, WORDS, TenantRow


class Webhook(TenantRow, table=True):
    """An address that gets events; `events` are realtime types, empty for all.

    The secret that signs is sealed, because it must be read again.
    """

    __tablename__ = "webhooks"
    __table_args__ = (Index("webhooks_organization_idx", "organization_id", "created_at"),)

    url: str
    description: str = ""
    events: list[str] = Field(default_factory=list, sa_type=WORDS)
    sealed_secret: str
    is_active: bool = True
    version: int = 1


class WebhookDelivery(TenantRow, table=True):
    """One event to one address: what was sent and what came back, kept for 30 days."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        Index("webhook_deliveries_list_idx", "webhook_id", "created_at", "id"),
        Index("webhook_deliveries_age_idx", "created_at"),
    )

    webhook_id: str = Field(foreign_key="webhooks.id", ondelete="CASCADE")
    event: str
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    outbox_id: str | None = None
    attempts: int = 0
    response_status: int | None = None
    response_excerpt: str = ""
    error: str = ""
    milliseconds: int | None = None
    delivered_at: datetime | None = Field(default=None, sa_type=TIME)
    failed_at: datetime | None = Field(default=None, sa_type=TIME)
