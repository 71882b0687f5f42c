"""Files of an incoming mail → attachments of its ticket or response."""

from dataclasses import dataclass, field

from sqlmodel import Session

from ticketdesk.actor import system_actor
from ticketdesk.errors import Invalid, TooLarge, UnsupportedKind
from ticketdesk.models import Ticket, TicketAttachment
from ticketdesk.services.files import doors
from ticketdesk.services.mail.inbound.message import InboundFile

MAX_FILES = 100


@dataclass(slots=True)
class StoredFiles:
    """The rows, the address of each inline image by its content id, and what was left out."""

    rows: list[TicketAttachment] = field(default_factory=list)
    inline_urls: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def store_files(
    session: Session,
    ticket: Ticket,
    files: tuple[InboundFile, ...],
    *,
    response_id: str | None = None,
) -> StoredFiles:
    """Put each file through the checks of every upload and onto `ticket`, or a response of it.

    What the organization's limits or the checks refuse is left out with a note; the message is
    not lost for it, and the original keeps the file.
    """
    stored = StoredFiles()
    if len(files) > MAX_FILES:
        stored.notes.append(f"Only the first {MAX_FILES} of {len(files)} files were attached.")
    for file in files[:MAX_FILES]:
        if not file.content:
            continue
        try:
            row = doors.take(
                session,
                # The check of files wants nobody's rights: the mail came in by the desk's door.
                system_actor(ticket.organization_id),
                [file.content],
                name=file.filename,
                declared=file.mime_type,
                ticket_id=ticket.id,
                response_id=response_id,
                is_inline=bool(file.content_id),
                content_id=file.content_id,
                forgiving=True,
            )
        except (TooLarge, UnsupportedKind, Invalid) as refusal:
            why = f"The file {file.filename} was not attached: {refusal.message}"
            stored.notes.append(f"{why} It is in the original.")
            continue
        stored.rows.append(row)
        if file.content_id:
            stored.inline_urls[file.content_id] = f"/api/attachments/{row.id}"
    return stored
