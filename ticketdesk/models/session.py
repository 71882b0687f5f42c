"""What proves who is calling: sign-in sessions and API keys, both stored as hashes."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk.models.base import TIME, WORDS, TenantRow


class Session(TenantRow, table=True):
    """One sign-in of a member; the token itself is only with the browser or client."""

    __tablename__ = "sessions"
    __table_args__ = (
        Index("sessions_token_key", "token_hash", unique=True),
        Index("sessions_user_idx", "user_id"),
    )

    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE")
    token_hash: str
    expires_at: datetime = Field(sa_type=TIME)
    last_seen_at: datetime = Field(sa_type=TIME)
    revoked_at: datetime | None = Field(default=None, sa_type=TIME)
    user_agent: str | None = None
    ip_address: str | None = None


class ApiKey(TenantRow, table=True):
    """A key for an integration: shown once, scoped, revocable."""

    __tablename__ = "api_keys"
    __table_args__ = (
        Index("api_keys_hash_key", "key_hash", unique=True),
        Index("api_keys_organization_idx", "organization_id", "created_at"),
    )

    name: str
    prefix: str
    key_hash: str
    scopes: list[str] = Field(sa_type=WORDS)
    created_by_id: str | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    last_used_at: datetime | None = Field(default=None, sa_type=TIME)
    revoked_at: datetime | None = Field(default=None, sa_type=TIME)
