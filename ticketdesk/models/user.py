"""Members: customers, agents and admins."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Computed, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field

from ticketdesk.models.base import JSON, TIME, TenantRow, one_of
from ticketdesk.models.enums import UserRole

_SEARCH = (
    "to_tsvector('simple', name || ' ' || email || ' ' || translate(email, '@.-_+', '     '))"
    " || array_to_tsvector(ARRAY[organization_id])"
)


class User(TenantRow, table=True):
    """A person known to an organization; `email` is stored lower-cased and unique in it.

    `is_available`, `capacity` (open tickets, None = any number) and `working_hours` (shaped like an
    organization's business hours, {} = always) steer automatic assignment.
    `undeliverable_at` marks an address that hard-bounced.
    """

    __tablename__ = "users"
    __table_args__ = (
        Index("users_email_key", "organization_id", "email", unique=True),
        Index("users_role_idx", "organization_id", "role", "name"),
        Index("users_sign_in_idx", "email"),
        Index("users_search_idx", "search", postgresql_using="gin"),
    )

    email: str
    name: str
    role: UserRole = Field(default=UserRole.CUSTOMER, sa_type=one_of(UserRole))
    password_hash: str | None = None
    is_active: bool = True
    is_available: bool = True
    capacity: int | None = None
    working_hours: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    company: str | None = None
    manages_company: bool = False
    timezone: str | None = None
    locale: str | None = None
    preferences: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    email_verified_at: datetime | None = Field(default=None, sa_type=TIME)
    undeliverable_at: datetime | None = Field(default=None, sa_type=TIME)
    last_seen_at: datetime | None = Field(default=None, sa_type=TIME)
    version: int = 1
    search: str | None = Field(
        default=None, sa_column=Column(TSVECTOR, Computed(_SEARCH, persisted=True))
    )
