"""Files that come in by other doors than an upload: mail, the public form, a chat, the demo."""

from collections.abc import Iterable, Iterator
from typing import Unpack

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.adapters.storage import place_of, storage
from ticketdesk.models import Ticket, TicketAttachment
from ticketdesk.services.files import room
from ticketdesk.services.files.intake import Intake, Taken
from ticketdesk.services.files.records import Home, add_rows
from ticketdesk.services.files.room import Room


def take(
    session: Session,
    actor: Actor,
    file: Iterable[bytes],
    *,
    name: str,
    declared: str,
    forgiving: bool = False,
    **home: Unpack[Home],
) -> TicketAttachment:
    """Check and store a file and write its row, in the caller's transaction.

    The caller has decided that this actor may bring a file here; this holds the organization's
    limits and the checks of content.

    Args:
        file: its bytes, in pieces.
        name: as the sender wrote it.
        declared: the sender's Content-Type.
        forgiving: for mail, which must not be lost: odd names are cleaned, and what contradicts
            itself is kept as bytes of no kind. Limits and bombs are refused all the same.
        home: what the file belongs to.

    Raises:
        TooLarge, UnsupportedKind, Invalid: what is wrong; nothing is kept.
        StorageUnavailable: try again later.
    """
    ticket_id = home.get("ticket_id")
    ticket = session.get(Ticket, ticket_id) if ticket_id else None
    left = (
        room.for_ticket(session, ticket) if ticket else room.whole(session, actor.organization_id)
    )
    left.require_count(1)
    taken = _stream_in(
        left, file, folder=actor.organization_id, name=name, declared=declared, forgiving=forgiving
    )
    try:
        return add_rows(session, actor, [taken], **home)[0]
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
