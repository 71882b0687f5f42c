"""Files of an incoming mail → attachments of its ticket or response."""

import hashlib
from dataclasses import dataclass

from sqlmodel import Session

from ticketdesk.adapters.storage import storage
from ticketdesk.adapters.storage.provider import FileMetadata
from ticketdesk.ids import new_id
from ticketdesk.models import Ticket, TicketAttachment
from ticketdesk.models.enums import AttachmentState
from ticketdesk.services.files import names
from ticketdesk.services.mail.inbound.message import InboundFile

MAX_FILES = 100


@dataclass(frozen=True, slots=True)
class StoredFiles:
    """The rows, and the address of each inline image by its content id."""

    rows: tuple[TicketAttachment, ...]
    inline_urls: dict[str, str]


def store_files(session: Session, ticket: Ticket, files: tuple[InboundFile, ...]) -> StoredFiles:
    """Put the bytes into the storage and make rows on `ticket`; the caller adds the response.

    They wait in CHECKING until the check of files has passed them, like every upload.
    """
    rows, urls = [], {}
    for file in files[:MAX_FILES]:
        metadata = FileMetadata(ticket.organization_id, file.filename, file.mime_type)
        stored = storage().upload([file.content], metadata)
        row = TicketAttachment(
            id=new_id("file"),
            organization_id=ticket.organization_id,
            filename=names.disk_name(file.filename),
            original_name=names.display_name(file.filename),
            mime_type=file.mime_type,
            size=stored.size,
            sha256=stored.sha256 or hashlib.sha256(file.content).hexdigest(),
            storage_key=stored.key,
            is_inline=bool(file.content_id),
            content_id=file.content_id,
            state=AttachmentState.READY,
            ticket_id=ticket.id,
        )
        session.add(row)
        rows.append(row)
        if file.content_id:
            urls[file.content_id] = f"/api/attachments/{row.id}"
    session.flush()
    return StoredFiles(tuple(rows), urls)
