"""Copying all files from one storage to another, and proving that they arrived."""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlmodel import Session, col, select

from ticketdesk.adapters.storage import ELSEWHERE, StorageProvider
from ticketdesk.errors import TicketDeskError
from ticketdesk.models import DeletedTicket, TicketAttachment

_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to copy; `sha256` is None for previews, whose bytes no row describes."""

    key: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry: `copied`, `present` or `failed`, and why."""

    key: str
    result: str
    why: str = ""


def entries(session: Session) -> list[Entry]:
    """Return everything that rows refer to in the desk's own storage (system role)."""
    found: dict[str, str | None] = {}
    rows = session.exec(
        select(
            TicketAttachment.storage_key,
            TicketAttachment.sha256,
            TicketAttachment.thumbnail_key,
            TicketAttachment.preview_key,
        ).order_by(col(TicketAttachment.created_at))
    )
    for key, sha256, thumbnail, preview in rows:
        if not key.startswith(ELSEWHERE):
            found[key] = sha256
        for picture in (thumbnail, preview):
            if picture:
                found.setdefault(picture, None)
    # A deleted ticket can still be restored, with its files.
    for keys in session.exec(select(DeletedTicket.storage_keys)):
        for key in keys:
            if not key.startswith(ELSEWHERE):
                found.setdefault(key, None)
    return [Entry(key, sha256) for key, sha256 in found.items()]


def copy_all(
    listed: list[Entry],
    source: StorageProvider,
    target: StorageProvider,
    told: Callable[[Outcome], None],
) -> int:
    """Copy what is not there yet and read each file back from the target to compare.

    May be broken off and started again: what arrived whole is read once more and left alone.

    Args:
        told: called with the outcome of each entry, in order.

    Returns:
        How many could not be copied.
    """
    failed = 0
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for outcome in pool.map(lambda entry: _copy(entry, source, target), listed):
            failed += outcome.result == "failed"
            told(outcome)
    return failed


def _copy(entry: Entry, source: StorageProvider, target: StorageProvider) -> Outcome:
    try:
        wanted = entry.sha256 or _digest(source.read(entry.key))
        if target.stat(entry.key) and _digest(target.read(entry.key)) == wanted:
            return Outcome(entry.key, "present")
        target.put(entry.key, source.read(entry.key))
        if _digest(target.read(entry.key)) != wanted:
            target.delete(entry.key)
            return Outcome(entry.key, "failed", "what arrived differs from what was sent")
    except TicketDeskError as error:
        return Outcome(entry.key, "failed", error.message)
    return Outcome(entry.key, "copied")


def _digest(pieces: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
