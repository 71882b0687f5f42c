"""Chats and their messages."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index
from sqlmodel import Field

from ticketdesk import clock
from ticketdesk.models.base import JSON, TIME, TenantRow, one_of
from ticketdesk.models.enums import ChatEscalation, ChatRole, ChatStatus


class Chat(TenantRow, table=True):
    """A conversation, ours or one that another chat system feeds in (`external_id`)."""

    __tablename__ = "chats"
    __table_args__ = (
        Index("chats_activity_idx", "organization_id", "status", "last_message_at", "id"),
        Index("chats_created_idx", "organization_id", "created_at"),
        Index("chats_assignee_idx", "organization_id", "assigned_to_id"),
        Index("chats_external_key", "organization_id", "external_id", unique=True),
    )

    title: str
    customer_id: str | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    customer_name: str
    customer_email: str | None = None
    channel: str = "WEB"
    external_id: str | None = None
    status: ChatStatus = Field(default=ChatStatus.OPEN, sa_type=one_of(ChatStatus))
    escalation: ChatEscalation = Field(default=ChatEscalation.NONE, sa_type=one_of(ChatEscalation))
    assigned_to_id: str | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    last_message_at: datetime = Field(default_factory=clock.now, sa_type=TIME)
    agent_read_at: datetime | None = Field(default=None, sa_type=TIME)
    customer_read_at: datetime | None = Field(default=None, sa_type=TIME)
    closed_at: datetime | None = Field(default=None, sa_type=TIME)
    chat_metadata: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column("metadata", JSON, nullable=False)
    )
    version: int = 1


class ChatMessage(TenantRow, table=True):
    """One message of a chat; `client_id` is the sender's own key against doubles."""

    __tablename__ = "chat_messages"
    __table_args__ = (
        Index("chat_messages_chat_idx", "chat_id", "created_at", "id"),
        Index("chat_messages_client_key", "chat_id", "client_id", unique=True),
    )

    chat_id: str = Field(foreign_key="chats.id", ondelete="CASCADE")
    role: ChatRole = Field(sa_type=one_of(ChatRole))
    author_id: str | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    author_name: str
    content: str
    client_id: str | None = None
