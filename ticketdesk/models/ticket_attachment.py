"""Attachments: files of a ticket, a response or a chat message."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from ticketdesk.models.base import TIME, TenantRow, one_of
from ticketdesk.models.enums import AttachmentState


class TicketAttachment(TenantRow, table=True):
    """A file and where its bytes lie.

    `storage_key` names the bytes in the storage provider and may be shared by several rows
    (attachments copied by reference); `thumbnail_key` and `preview_key` name the 200 px and
    1,600 px pictures once they are made. A row without ticket, response and chat message is an
    upload that nothing refers to yet; it goes after a day.
    """

    __tablename__ = "ticket_attachments"
    __table_args__ = (
        Index("ticket_attachments_ticket_idx", "ticket_id", "created_at"),
        Index("ticket_attachments_response_idx", "response_id"),
        Index("ticket_attachments_chat_message_idx", "chat_message_id"),
        Index("ticket_attachments_uploader_idx", "uploaded_by_id"),
        Index("ticket_attachments_storage_idx", "organization_id", "storage_key"),
        Index(
            "ticket_attachments_thumbnail_idx",
            "organization_id",
            "thumbnail_key",
            postgresql_where=text("thumbnail_key IS NOT NULL"),
        ),
        Index(
            "ticket_attachments_checking_idx",
            "created_at",
            postgresql_where=text("state = 'CHECKING'"),
        ),
        Index(
            "ticket_attachments_abandoned_idx",
            "created_at",
            postgresql_where=text(
                "ticket_id IS NULL AND response_id IS NULL AND chat_message_id IS NULL"
            ),
        ),
    )

    filename: str
    original_name: str
    mime_type: str
    size: int = Field(sa_type=BigInteger)
    sha256: str
    storage_key: str
    thumbnail_key: str | None = None
    preview_key: str | None = None
    width: int | None = None
    height: int | None = None
    is_inline: bool = False
    content_id: str | None = None
    state: AttachmentState = Field(default=AttachmentState.READY, sa_type=one_of(AttachmentState))
    state_reason: str | None = None
    ticket_id: str | None = Field(default=None, foreign_key="tickets.id", ondelete="CASCADE")
    response_id: str | None = Field(
        default=None, foreign_key="ticket_responses.id", ondelete="CASCADE"
    )
    chat_message_id: str | None = Field(
        default=None, foreign_key="chat_messages.id", ondelete="CASCADE"
    )
    uploaded_by_id: str | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    upload_token_hash: str | None = None
    archived_at: datetime | None = Field(default=None, sa_type=TIME)
