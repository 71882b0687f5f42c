"""Who follows a ticket and what they were told."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from ticketdesk.models.base import TIME, TenantRow


class TicketFollower(TenantRow, table=True):
    """An agent who wants to hear of a ticket."""

    __tablename__ = "ticket_followers"
    __table_args__ = (
        Index("ticket_followers_key", "ticket_id", "user_id", unique=True),
        Index("ticket_followers_user_idx", "user_id"),
    )

    ticket_id: str = Field(foreign_key="tickets.id", ondelete="CASCADE")
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE")


class Notification(TenantRow, table=True):
    """One line behind the bell, of a ticket or of a chat.

    `kind` is assigned, mentioned, replied or sla; `activity_id` names the change that caused it.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        Index("notifications_user_idx", "user_id", "created_at", "id"),
        Index("notifications_unread_idx", "user_id", postgresql_where=text("read_at IS NULL")),
        Index("notifications_ticket_idx", "ticket_id"),
        Index("notifications_chat_idx", "chat_id", postgresql_where=text("chat_id IS NOT NULL")),
        Index("notifications_cause_key", "user_id", "activity_id", unique=True),
    )

    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE")
    ticket_id: str | None = Field(default=None, foreign_key="tickets.id", ondelete="CASCADE")
    chat_id: str | None = Field(default=None, foreign_key="chats.id", ondelete="CASCADE")
    activity_id: str
    kind: str
    words: str
    read_at: datetime | None = Field(default=None, sa_type=TIME)
