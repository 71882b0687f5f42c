"""Files of tickets closed long ago move to cheaper storage, as the organization chooses."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlmodel import Session, col, or_, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.adapters.storage import ELSEWHERE, may_archive_to, place_of
from ticketdesk.adapters.storage.failures import StorageDamaged
from ticketdesk.models import Organization, Ticket, TicketAttachment
from ticketdesk.models.enums import AttachmentState, TicketStatus, UserRole
from ticketdesk.models.ticket_settings import TicketSettings
from ticketdesk.services import ticket_settings
from ticketdesk.services.files import references

_AT_ONCE = 200

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Move:
    """Bytes to be moved, and what they must add up to."""

    old_key: str
    new_key: str
    sha256: str


def organizations(session: Session) -> list[str]:
    """Return the organizations that archive files at all (system role)."""
    rows = session.exec(select(Organization.id, Organization.settings)).all()
    return [
        organization_id
        for organization_id, stored in rows
        if TicketSettings.model_validate(stored or {}).files.archive_after_days
    ]


def due(session: Session, actor: Actor) -> list[Move]:
    """Return the files whose time has come: all their tickets are closed for long enough."""
    actor.require(UserRole.ADMIN)
    rules = ticket_settings.of(session, actor.organization_id).files
    if rules.archive_after_days is None:
        return []
    if not may_archive_to(rules.archive_to):
        log.warning("archive_bucket_not_allowed", archive_to=rules.archive_to)
        return []
    before = clock.now() - timedelta(days=rules.archive_after_days)
    rows = session.exec(
        select(TicketAttachment.storage_key, TicketAttachment.sha256)
        .join(Ticket, col(Ticket.id) == TicketAttachment.ticket_id)
        .where(
            TicketAttachment.organization_id == actor.organization_id,
            col(TicketAttachment.archived_at).is_(None),
            TicketAttachment.state == AttachmentState.READY,
            *_is_over(before),
            ~_needed_fresh(before),
        )
        .distinct()
        .limit(_AT_ONCE)
    ).all()
    return [Move(key, _archive_key(rules.archive_to, key), sha256) for key, sha256 in rows]


def copy(move: Move) -> None:
    """Copy the bytes to the archive and compare what arrived; outside of any transaction.

    Raises:
        StorageUnavailable, StorageDamaged: try again later.
    """
    source, old = place_of(move.old_key)
    target, new = place_of(move.new_key)
    stored = target.put(new, source.read(old))
    if stored.sha256 != move.sha256 or _digest(target.read(new)) != move.sha256:
        target.delete(new)
        raise StorageDamaged("The file arrived damaged in the archive.")


def record(session: Session, actor: Actor, move: Move) -> bool:
    """Point every row at the archived bytes and promise to delete the old ones.

    Returns:
        False when the ticket was opened again meanwhile; the copy is then deleted instead.
    """
    actor.require(UserRole.ADMIN)
    references.hold(session, [move.old_key, move.new_key])
    rules = ticket_settings.of(session, actor.organization_id).files
    before = clock.now() - timedelta(days=rules.archive_after_days or 36_500)
    fresh = select(TicketAttachment.id).where(
        col(TicketAttachment.storage_key) == move.old_key, _needed_fresh(before)
    )
    rows = session.exec(
        select(TicketAttachment)
        .where(
            TicketAttachment.organization_id == actor.organization_id,
            TicketAttachment.storage_key == move.old_key,
        )
        .with_for_update()
    ).all()
    moves = bool(rows) and session.exec(fresh.limit(1)).first() is None
    for row in rows if moves else ():
        row.storage_key = move.new_key
        row.archived_at = clock.now()
        session.add(row)
    session.flush()
    references.delete_later(
        session, actor.organization_id, [move.old_key if moves else move.new_key]
    )
    return moves


def _is_over(before) -> tuple:
    return (
        col(Ticket.status).in_((TicketStatus.CLOSED, TicketStatus.CANCELLED)),
        col(Ticket.closed_at).is_not(None),
        col(Ticket.closed_at) < before,
    )


def _needed_fresh(before):
    """Whether the same bytes also belong to something that is not over for long enough."""
    other = TicketAttachment.__table__.alias("other")  # type: ignore[attr-defined]
    ticket = Ticket.__table__.alias("other_ticket")  # type: ignore[attr-defined]
    return (
        select(other.c.id)
        .select_from(other.outerjoin(ticket, ticket.c.id == other.c.ticket_id))
        .where(
            other.c.organization_id == TicketAttachment.organization_id,
            other.c.storage_key == TicketAttachment.storage_key,
            or_(
                ticket.c.id.is_(None),
                ticket.c.status.not_in((TicketStatus.CLOSED, TicketStatus.CANCELLED)),
                ticket.c.closed_at.is_(None),
                ticket.c.closed_at >= before,
            ),
        )
        .exists()
    )


def _archive_key(where: str, key: str) -> str:
    """Return the key in the archive: a slash too many in what an admin wrote names no folder."""
    scheme = ELSEWHERE if where.startswith(ELSEWHERE) else ""
    parts = [part for part in where.removeprefix(scheme).split("/") if part]
    return scheme + "/".join([*parts, key])


def _digest(pieces: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
