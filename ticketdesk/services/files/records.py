"""From bytes that passed their checks to rows, in one transaction with what must follow."""

from collections.abc import Sequence
from typing import TypedDict, Unpack

from sqlmodel import Session

from ticketdesk import outbox
from ticketdesk.actor import Actor
from ticketdesk.adapters.pictures.rendering import DRAWABLE
from ticketdesk.adapters.scanner import scanner
from ticketdesk.ids import new_id
from ticketdesk.models import TicketAttachment
from ticketdesk.models.enums import AttachmentState
from ticketdesk.services.files import names, references
from ticketdesk.services.files.intake import Taken

SCAN = "files.scan"
THUMBNAIL = "files.thumbnail"


class Home(TypedDict, total=False):
    """What a file belongs to, and how it is shown there; nothing while it waits for a message.

    `upload_token_hash` is of an upload ahead of its message by somebody who is not signed in.
    """

    ticket_id: str | None
    response_id: str | None
    chat_message_id: str | None
    upload_token_hash: str | None
    is_inline: bool
    content_id: str | None


def add_rows(
    session: Session, actor: Actor, taken: Sequence[Taken], **home: Unpack[Home]
) -> list[TicketAttachment]:
    """Keep the bytes under their keys, then write a row for each.

    In this order a crash leaves at worst bytes without a row, which the clean-up finds.
    """
    references.hold(session, (one.stored.key for one in taken))
    state = AttachmentState.CHECKING if scanner() is not None else AttachmentState.READY
    rows = []
    for one in taken:
        one.incoming.keep()
        row = TicketAttachment(
            id=new_id("file"),
            organization_id=actor.organization_id,
            filename=names.disk_name(one.name),
            original_name=one.name,
            mime_type=one.mime_type,
            size=one.stored.size,
            sha256=one.stored.sha256,
            storage_key=one.stored.key,
            width=one.width,
            height=one.height,
            state=state,
            uploaded_by_id=actor.user_id,
            **home,
        )
        session.add(row)
        rows.append(row)
    session.flush()
    for row in rows:
        follow(session, row)
    return rows


def follow(session: Session, row: TicketAttachment) -> None:
    """Promise the next check or picture of a file."""
    if row.state == AttachmentState.CHECKING:
        outbox.put(session, row.organization_id, SCAN, {"attachmentId": row.id})
    elif row.state == AttachmentState.READY and row.mime_type in DRAWABLE:
        outbox.put(session, row.organization_id, THUMBNAIL, {"attachmentId": row.id})
