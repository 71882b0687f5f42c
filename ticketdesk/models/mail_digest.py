"""Which daily summaries were promised, so that none goes out twice."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk.models.base import TenantRow


class MailDigest(TenantRow, table=True):
    """One agent's summary of one day, in the agent's own zone."""

    __tablename__ = "mail_digests"
    __table_args__ = (Index("mail_digests_key", "user_id", "day", unique=True),)

    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE")
    day: date
