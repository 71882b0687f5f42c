"""What proves a member beside the password, and the links sent by mail."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk.models.base import TIME, WORDS, TenantRow


class SecondFactor(TenantRow, table=True):
    """A member's time-based codes (RFC 6238).

    The secret is sealed, recovery codes are hashed; `last_step` is the newest code's time step, so
    that none is taken twice. Until `confirmed_at` is set it asks for nothing.
    """

    __tablename__ = "second_factors"
    __table_args__ = (Index("second_factors_user_key", "user_id", unique=True),)

    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE")
    sealed_secret: str
    recovery_hashes: list[str] = Field(default_factory=list, sa_type=WORDS)
    last_step: int = 0
    confirmed_at: datetime | None = Field(default=None, sa_type=TIME)


class OneTimeToken(TenantRow, table=True):
    """A link that works once: `kind` is INVITATION or PASSWORD_RESET; only the hash is kept."""

    __tablename__ = "one_time_tokens"
    __table_args__ = (
        Index("one_time_tokens_key", "token_hash", unique=True),
        Index("one_time_tokens_user_idx", "user_id", "kind"),
    )

    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE")
    kind: str
    token_hash: str
    expires_at: datetime = Field(sa_type=TIME)
    used_at: datetime | None = Field(default=None, sa_type=TIME)
