"""Whether rows and storage agree: files without bytes, and bytes without a file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from ticketdesk import clock
from ticketdesk.adapters.storage import ELSEWHERE, place_of, storage
from ticketdesk.adapters.storage.provider import Found
from ticketdesk.models import DeletedTicket, TicketAttachment
from ticketdesk.services.files import references

SAFE_AGE = timedelta(days=1)
"""Younger bytes may belong to an upload whose row is about to be written."""
_BATCH = 2000
# Attachments alone lie directly below their organization; whatever else is stored has a folder.
_OURS = re.compile(r"(?:.*/)?org_[^/]+/[0-9a-f]{2}/(?:[0-9a-f]{64}|[0-9a-f]{40})(?:\.\d+\.webp)?")


@dataclass(frozen=True, slots=True)
class Missing:
    """A file whose bytes are not where its row says."""

    attachment_id: str
    key: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a comparison found; `strays` are entries of the storage that nothing refers to."""

    files: int
    missing: tuple[Missing, ...]
    strays: tuple[Found, ...]


def compare(session: Session) -> Agreement:
    """Compare every row with the storage, both ways (system role); nothing is changed.

    Raises:
        StorageUnavailable: the storage cannot be listed.
    """
    oldest = clock.now() - SAFE_AGE
    there: set[int] = set()
    candidates: list[Found] = []
    for found in storage().listing():
        there.add(hash(found.key))
        if found.modified_at < oldest and _OURS.fullmatch(found.key):
            candidates.append(found)
    needed = {
        hash(key)
        for row in session.execute(select(col(DeletedTicket.storage_keys)))
        for key in row[0]
    }
    missing: list[Missing] = []
    files = 0
    for attachment_id, key, *previews in _rows(session):
        files += 1
        needed.update(hash(one) for one in (key, *previews) if one)
        if not _lies(key, there):
            missing.append(Missing(attachment_id, key))
    strays = [found for found in candidates if hash(found.key) not in needed]
    return Agreement(files, tuple(missing), tuple(strays))


def remove_strays(session: Session) -> int:
    """Delete bytes of more than a day ago that no row refers to (system role).

    Returns:
        How many entries went.
    """
    return sum(references.delete_unneeded(session, found.key) for found in compare(session).strays)


def _rows(session: Session) -> Iterator[tuple[str, str, str | None, str | None]]:
    last = ""
    while True:
        page = session.execute(
            select(
                col(TicketAttachment.id),
                col(TicketAttachment.storage_key),
                col(TicketAttachment.thumbnail_key),
                col(TicketAttachment.preview_key),
            )
            .where(col(TicketAttachment.id) > last)
            .order_by(col(TicketAttachment.id))
            .limit(_BATCH)
        ).all()
        if not page:
            return
        for row in page:
            yield tuple(row)
        last = page[-1][0]


def _lies(key: str, there: set[int]) -> bool:
    if not key.startswith(ELSEWHERE):
        return hash(key) in there
    place, inner = place_of(key)
    return place.stat(inner) is not None
