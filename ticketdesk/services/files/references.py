"""Several rows may share the same bytes: who keeps them, and when they go.

Adding a row and deleting bytes both hold the key's lock until their transaction ends. So bytes are
never deleted while a row that needs them is being written, and a row is never written for bytes
that are being deleted.
"""

from collections.abc import Iterable

from sqlalchemy import text
from sqlmodel import Session, col, or_, select

from ticketdesk import outbox
from ticketdesk.adapters.pictures.rendering import LARGE, SMALL
from ticketdesk.adapters.storage import keys, place_of
from ticketdesk.models import DeletedTicket, TicketAttachment

DELETE = "files.delete"


def hold(session: Session, storage_keys: Iterable[str]) -> None:
    """Lock keys until the transaction ends, always in the same order."""
    for key in sorted(set(storage_keys)):
        session.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 20261124))"), {"key": key}
        )


def is_needed(session: Session, key: str) -> bool:
    """Whether a row still refers to a key, as the file itself or as one of its previews.

    The file of a deleted ticket is needed for as long as the ticket can be restored.
    """
    first_preview = keys.picture(keys.original(key), SMALL)
    query = select(TicketAttachment.id).where(
        or_(
            col(TicketAttachment.storage_key) == key,
            col(TicketAttachment.thumbnail_key) == key,
            (col(TicketAttachment.thumbnail_key) == first_preview)
            & (col(TicketAttachment.preview_key) == key),
        )
    )
    # Both in one statement: a ticket that is being restored is in one of the tables at any moment.
    deleted = select(DeletedTicket.id).where(col(DeletedTicket.storage_keys).contains([key]))
    return session.execute(select(or_(query.exists(), deleted.exists()))).scalar_one()


def let_go(session: Session, organization_id: str, rows: Iterable[TicketAttachment]) -> None:
    """Promise to delete the bytes of rows that are being deleted in this transaction."""
    gone = {
        key for row in rows for key in (row.storage_key, row.thumbnail_key, row.preview_key) if key
    }
    delete_later(session, organization_id, gone)


def delete_later(session: Session, organization_id: str, storage_keys: Iterable[str]) -> None:
    """Promise to delete bytes after the commit, unless a row needs them then."""
    gone = sorted(set(storage_keys))
    if gone:
        outbox.put(session, organization_id, DELETE, {"keys": gone})


def delete_unneeded(session: Session, key: str) -> bool:
    """Delete bytes that no row refers to, with their previews; return whether they went.

    Raises:
        StorageUnavailable: try again later.
    """
    hold(session, [keys.original(key)])
    if is_needed(session, key):
        return False
    place, inner = place_of(key)
    place.delete(inner)
    if key == keys.original(key):
        for preview in (keys.picture(key, edge) for edge in (SMALL, LARGE)):
            if not is_needed(session, preview):
                place_of(preview)[0].delete(place_of(preview)[1])
    return True
