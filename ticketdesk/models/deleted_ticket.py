"""Tickets that were deleted and can still be restored."""

from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from ticketdesk.models.base import JSON, WORDS, TenantRow


class DeletedTicket(TenantRow, table=True):
    """A ticket with all that hung on it, taken out of its tables (`id` is the ticket's own).

    No other table holds anything of it, so that no list, count, search, address or job can come
    across it. `rows` maps a table to its rows as JSON, `pointers` are the columns elsewhere that
    named one of them and were emptied (`table`, `column`, `id`, `to`), `storage_keys` the bytes of
    its files, which stay until it goes for good. `created_at` is when it was deleted.
    """

    __tablename__ = "deleted_tickets"
    __table_args__ = (
        Index("deleted_tickets_created_idx", "organization_id", "created_at", "id"),
        Index("deleted_tickets_age_idx", "created_at"),
        Index("deleted_tickets_keys_idx", "storage_keys", postgresql_using="gin"),
    )

    ticket_number: int
    subject: str
    requester_name: str
    deleted_by_name: str
    rows: dict[str, list[dict[str, Any]]] = Field(default_factory=dict, sa_type=JSON)
    pointers: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    storage_keys: list[str] = Field(default_factory=list, sa_type=WORDS)
