"""Files that come in by other doors than an upload: mail, the public form, a chat, the demo."""

from collections.abc import Iterable, Iterator

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.adapters.storage import place_of, storage
from ticketdesk.models import Ticket, TicketAttachment
from ticketdesk.services.files import room
from ticketdesk.services.files.intake import Intake, Taken
from ticketdesk.services.files.records import add_rows
from ticketdesk.services.files.room import Room


def take(
    session: Session,
    actor: Actor,
    file: Iterable[bytes],
    *,
    name: str,
    declared: str,
    ticket_id: str | None = None,
    response_id: str | None = None,
    chat_message_id: str | None = None,
    upload_token_hash: str | None = None,
    is_inline: bool = False,
    content_id: str | None = None,
    forgiving: bool = False,
) -> TicketAttachment:
    """Check and store a file and write its row, in the caller's transaction.

    The caller has decided that this actor may bring a file here; this holds the organization's
    limits and the checks of content.

    Args:
        file: its bytes, in pieces.
        name: as the sender wrote it.
        declared: the sender's Content-Type.
        upload_token_hash: for an upload ahead of its message by somebody who is not signed in.
        forgiving: for mail, which must not be lost: odd names are cleaned, and what contradicts
            itself is kept as bytes of no kind. Limits and bombs are refused all the same.

    Raises:
        TooLarge, UnsupportedKind, Invalid: what is wrong; nothing is kept.
        StorageUnavailable: try again later.
    """
    ticket = session.get(Ticket, ticket_id) if ticket_id else None
    left = (
        room.for_ticket(session, ticket) if ticket else room.whole(session, actor.organization_id)
    )
    left.require_count(1)
    taken = _stream_in(
        left, file, folder=actor.organization_id, name=name, declared=declared, forgiving=forgiving
    )
    try:
        return add_rows(
            session,
            actor,
            [taken],
            ticket_id=ticket_id,
            response_id=response_id,
            chat_message_id=chat_message_id,
            upload_token_hash=upload_token_hash,
            is_inline=is_inline,
            content_id=content_id,
        )[0]
    finally:
        taken.incoming.discard()


def read(row: TicketAttachment) -> Iterator[bytes]:
    """Yield the bytes of a file: for a mail that carries it, an export, a job.

    Whoever calls has made sure that the bytes may go where they are going.

    Raises:
        NotStored, StorageUnavailable: there are none, or not now.
    """
    place, key = place_of(row.storage_key)
    return place.read(key)


def _stream_in(
    left: Room, file: Iterable[bytes], *, folder: str, name: str, declared: str, forgiving: bool
) -> Taken:
    intake = Intake(
        storage(), left, folder=folder, name=name, declared=declared, forgiving=forgiving
    )
    try:
        for piece in file:
            intake.write(piece)
        return intake.finish()
    except BaseException:
        intake.discard()
        raise
