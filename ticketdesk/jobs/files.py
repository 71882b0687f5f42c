"""Promised work on files: scan, draw, delete. Each may run twice and changes nothing then."""

from collections.abc import Callable
from datetime import datetime

import structlog
from sqlmodel import Session

from ticketdesk import clock, outbox, unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.adapters.scanner import ScannerUnavailable, Verdict, scanner
from ticketdesk.adapters.storage import place_of
from ticketdesk.adapters.storage.failures import NotStored
from ticketdesk.errors import Unavailable
from ticketdesk.outbox import Promise
from ticketdesk.services.files import archiving, cleaning, orphans, references, thumbnails, verdicts

log = structlog.get_logger(__name__)


def draw(organization_id: str, promises: list[Promise], deadline: datetime) -> None:
    """Draw the previews of new files."""
    _each(organization_id, promises, deadline, _draw)


def scan(organization_id: str, promises: list[Promise], deadline: datetime) -> None:
    """Have new files looked at by the virus scanner."""
    _each(organization_id, promises, deadline, _scan)


def delete(organization_id: str, promises: list[Promise], deadline: datetime) -> None:
    """Delete bytes that no row refers to any more."""
    _each(organization_id, promises, deadline, _delete)


def clean() -> dict[str, int]:
    """Forget abandoned uploads and what broken-off ones left; scan again what is held (cron)."""
    forgotten = 0
    while some := unit_of_work.across(cleaning.forget_abandoned):
        forgotten += some
    return {
        "abandoned": forgotten,
        "unfinished": cleaning.clear_unfinished(),
        "scanned_again": unit_of_work.across(cleaning.ask_again),
    }


def remove_strays() -> int:
    """Delete bytes that a crash left without a row (cron)."""
    return unit_of_work.across(orphans.remove_strays)


def archive() -> int:
    """Move the files of long closed tickets where their organization wants them (cron)."""
    moved = 0
    for organization_id in unit_of_work.across(archiving.organizations):
        for move in unit_of_work.as_system(organization_id, archiving.due):
            try:
                archiving.copy(move)
            except (Unavailable, NotStored) as error:
                log.warning("archive_failed", key=move.old_key, words=error.message)
                continue
            moved += unit_of_work.as_system(organization_id, archiving.record, move)
    return moved


def _each(
    organization_id: str,
    promises: list[Promise],
    deadline: datetime,
    work: Callable[[str, Promise], None],
) -> None:
    for promise in promises:
        if clock.now() >= deadline:
            unit_of_work.as_system(organization_id, _release, promise)
            continue
        try:
            work(organization_id, promise)
        except (Unavailable, ScannerUnavailable) as error:
            log.warning("file_job_failed", subscriber=promise.subscriber, words=str(error))
            unit_of_work.as_system(organization_id, _fail, promise, str(error))


def _draw(organization_id: str, promise: Promise) -> None:
    wanted = unit_of_work.as_system(
        organization_id, thumbnails.wanted, promise.payload["attachmentId"]
    )
    if wanted is None:
        unit_of_work.as_system(organization_id, _finish, promise)
        return
    place, key = place_of(wanted.key)
    try:
        pictures = place.thumbnail(key, wanted.mime_type)
    except NotStored:
        log.error("file_without_bytes", key=wanted.key)
        pictures = None
    unit_of_work.as_system(organization_id, thumbnails.record, promise, wanted.key, pictures)


def _scan(organization_id: str, promise: Promise) -> None:
    key = unit_of_work.as_system(organization_id, verdicts.held, promise.payload["attachmentId"])
    if key is None:
        unit_of_work.as_system(organization_id, _finish, promise)
        return
    place, inner = place_of(key)
    clamd = scanner()
    # Switched off meanwhile: what was held for the scanner is released.
    verdict = clamd.scan(place.read(inner)) if clamd else Verdict()
    unit_of_work.as_system(organization_id, verdicts.record, promise, key, verdict)


def _delete(organization_id: str, promise: Promise) -> None:
    for key in promise.payload["keys"]:
        unit_of_work.as_system(organization_id, _delete_one, key)
    unit_of_work.as_system(organization_id, _finish, promise)


def _delete_one(session: Session, actor: Actor, key: str) -> None:
    references.delete_unneeded(session, key)


def _finish(session: Session, actor: Actor, promise: Promise) -> None:
    outbox.finish(session, promise)


def _fail(session: Session, actor: Actor, promise: Promise, reason: str) -> None:
    outbox.fail(session, promise, reason)


def _release(session: Session, actor: Actor, promise: Promise) -> None:
    outbox.release(session, promise)
