"""Files of the stories: stored like uploads, bound to a ticket, a message or a chat message."""

from collections.abc import Iterable
from datetime import datetime

from ticketdesk.adapters.pictures.rendering import LARGE, SMALL
from ticketdesk.adapters.storage import keys, storage
from ticketdesk.adapters.storage.provider import FileMetadata
from ticketdesk.demo.desk import Desk, Doer, note_change
from ticketdesk.demo.documents import file_named
from ticketdesk.demo.pictures import preview, size_of
from ticketdesk.models import ChatMessage, Ticket, TicketAttachment, TicketResponse
from ticketdesk.models.enums import TicketActivityType
from ticketdesk.services.files.names import disk_name


def to_ticket(desk: Desk, ticket: Ticket, by: Doer, at: datetime, names: Iterable[str]) -> None:
    """Attach files to the ticket itself."""
    rows = [_store(desk, name, at, by.user.id if by.user else None) for name in names]
    _bind(desk, ticket, by, at, rows, None)


def to_response(
    desk: Desk, ticket: Ticket, by: Doer, row: TicketResponse, names: Iterable[str]
) -> None:
    """Attach files to one of its messages."""
    rows = [_store(desk, name, row.created_at, row.author_id) for name in names]
    _bind(desk, ticket, by, row.created_at, rows, row.id)


def to_chat(desk: Desk, message: ChatMessage, name: str) -> None:
    """Attach a file to a chat message."""
    row = _store(desk, name, message.created_at, message.author_id)
    row.chat_message_id = message.id


def _bind(
    desk: Desk,
    ticket: Ticket,
    by: Doer,
    at: datetime,
    rows: list[TicketAttachment],
    response_id: str | None,
) -> None:
    if not rows:
        return
    for row in rows:
        row.ticket_id, row.response_id = ticket.id, response_id
    note_change(
        desk, ticket, by, at, TicketActivityType.ATTACHMENT_ADDED,
        "attached " + ", ".join(row.original_name for row in rows),
        changes={"attachments": (None, [row.id for row in rows])},
        response_id=response_id,
    )  # fmt: skip


def _store(desk: Desk, name: str, at: datetime, uploaded_by_id: str | None) -> TicketAttachment:
    mime_type, content = file_named(name)
    stored = storage().upload([content], FileMetadata(desk.organization.id, name, mime_type))
    row = TicketAttachment(
        id=desk.identifiers.new("file", at),
        organization_id=desk.organization.id,
        filename=disk_name(name),
        original_name=name,
        mime_type=mime_type,
        size=stored.size,
        sha256=stored.sha256,
        storage_key=stored.key,
        uploaded_by_id=uploaded_by_id,
        created_at=at,
    )
    if mime_type == "image/png":
        _picture(row, content)
    desk.attachments.append(row)
    return row


def _picture(row: TicketAttachment, content: bytes) -> None:
    """Store the previews that a worker would have drawn from a stranger's picture."""
    row.width, row.height = size_of(content)
    row.thumbnail_key = keys.picture(row.storage_key, SMALL)
    row.preview_key = keys.picture(row.storage_key, LARGE)
    storage().put(row.thumbnail_key, [preview(content, SMALL)])
    storage().put(row.preview_key, [preview(content, LARGE)])
