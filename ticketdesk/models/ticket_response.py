"""Responses: what people write on a ticket after its description."""

from datetime import datetime

from sqlalchemy import Column, Computed, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field

from ticketdesk import clock
from ticketdesk.models.base import TIME, WORDS, TenantRow, one_of
from ticketdesk.models.enums import ContentFormat, ResponseAuthorType

_SEARCH = (
    "to_tsvector('simple', left(content_text, 100000)) || array_to_tsvector(ARRAY[organization_id])"
)


class TicketResponse(TenantRow, table=True):
    """One message on a ticket, an internal note included.

    `email_message_id` is fixed before a mail is handed over, so that every try carries the same
    one; `is_email_sent` turns true once a provider took it. `mail_error` holds the server's words
    when it finally failed.
    """

    __tablename__ = "ticket_responses"
    __table_args__ = (
        Index("ticket_responses_ticket_idx", "ticket_id", "created_at", "id"),
        Index("ticket_responses_author_idx", "author_id"),
        Index("ticket_responses_created_idx", "organization_id", "created_at"),
        Index("ticket_responses_message_idx", "organization_id", "email_message_id"),
        Index("ticket_responses_search_idx", "search", postgresql_using="gin"),
    )

    ticket_id: str = Field(foreign_key="tickets.id", ondelete="CASCADE")
    content: str
    content_format: ContentFormat = Field(default=ContentFormat.TEXT, sa_type=one_of(ContentFormat))
    content_text: str = ""
    is_internal: bool = False
    is_email_sent: bool = False
    email_message_id: str | None = None
    mail_error: str | None = None
    author_id: str | None = Field(default=None, foreign_key="users.id", ondelete="SET NULL")
    author_email: str
    author_name: str
    author_type: ResponseAuthorType = Field(
        default=ResponseAuthorType.AGENT, sa_type=one_of(ResponseAuthorType)
    )
    cc: list[str] = Field(default_factory=list, sa_type=WORDS)
    bcc: list[str] = Field(default_factory=list, sa_type=WORDS)
    origin_ticket_id: str | None = None
    updated_at: datetime = Field(default_factory=clock.now, sa_type=TIME)

    search: str | None = Field(
        default=None, sa_column=Column(TSVECTOR, Computed(_SEARCH, persisted=True))
    )
