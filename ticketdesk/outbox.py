"""The outbox's own verbs: promise, claim, finish, fail (semantics.md, Email out)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, delete, literal, or_, select, update
from sqlalchemy.orm import Session

from ticketdesk import clock
from ticketdesk.ids import new_id
from ticketdesk.models import OutboxEvent

LEASE = timedelta(seconds=45)
WAITS = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 60, 120, 360))
TRIES = len(WAITS) + 1
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Promise:
    """A claimed outbox row: what a subscriber gets to work on."""

    id: str
    organization_id: str
    subscriber: str
    payload: dict[str, Any]
    attempts: int
    lease_token: str
    created_at: datetime


def put(
    session: Session,
    organization_id: str,
    subscriber: str,
    payload: dict[str, Any],
    *,
    delay: timedelta = timedelta(0),
) -> str:
    """Write a promise in the running transaction and return its identifier.

    Args:
        subscriber: a key of the literal table of subscribers, such as `mail.ticket_created`.
        payload: identifiers only; the subscriber reads the rest afresh.
        delay: how long it may not be taken yet (the undo window of a mail).
    """
    row = OutboxEvent(
        id=new_id("out"),
        organization_id=organization_id,
        subscriber=subscriber,
        payload=payload,
        available_at=clock.now() + delay,
    )
    session.add(row)
    session.info.setdefault("kicks", {})[subscriber] = delay
    return row.id


def claim(session: Session, subscriber: str, limit: int = 100) -> list[Promise]:
    """Take due promises of a subscriber, oldest first, under a lease of 45 s.

    The caller commits before working, so that a crash leaves a lease that lapses.
    """
    now = clock.now()
    due = (
        select(OutboxEvent.id)
        .where(
            OutboxEvent.subscriber == subscriber,
            OutboxEvent.done_at.is_(None),
            OutboxEvent.failed_at.is_(None),
            OutboxEvent.available_at <= now,
            or_(OutboxEvent.leased_until.is_(None), OutboxEvent.leased_until < now),
        )
        .order_by(OutboxEvent.available_at, OutboxEvent.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    token = secrets.token_hex(8)
    rows = session.execute(
        update(OutboxEvent)
        .where(OutboxEvent.id.in_(due.scalar_subquery()))
        .values(leased_until=now + LEASE, lease_token=token, attempts=OutboxEvent.attempts + 1)
        .returning(OutboxEvent)
    ).scalars()
    return sorted(
        (
            Promise(
                r.id, r.organization_id, r.subscriber, r.payload, r.attempts, token, r.created_at
            )
            for r in rows
        ),
        key=lambda promise: promise.id,
    )


def _mine(promise: Promise):
    return (OutboxEvent.id == promise.id, OutboxEvent.lease_token == promise.lease_token)


def remember(session: Session, promise: Promise, sealed: str) -> None:
    """Keep with a promise what a repeat must find as it was, until the promise is kept.

    Args:
        sealed: a secret that `sealing.seal` made unreadable; `payload["sealed"]` of a repeat.
    """
    session.execute(
        update(OutboxEvent)
        .where(OutboxEvent.id == promise.id)
        .values(payload=OutboxEvent.payload.concat({"sealed": sealed}))
    )


def finish(session: Session, promise: Promise) -> bool:
    """Record a kept promise; False when the lease had lapsed and somebody else has it."""
    done = session.execute(
        update(OutboxEvent)
        .where(*_mine(promise), OutboxEvent.done_at.is_(None))
        .values(
            done_at=clock.now(),
            leased_until=None,
            last_error=None,
            payload=OutboxEvent.payload.op("-")(literal("sealed", Text)),
        )
    )
    return done.rowcount == 1


def fail(session: Session, promise: Promise, reason: str, *, final: bool = False) -> bool:
    """Record a failed try: wait longer each time, and give up after the eighth.

    Args:
        reason: the other side's words, shown to agents and admins.
        final: give up at once, because another try cannot help.

    Returns:
        Whether the promise is now given up.
    """
    over = final or promise.attempts >= TRIES
    values: dict[str, Any] = {"leased_until": None, "last_error": reason[:2000]}
    if over:
        values["failed_at"] = clock.now()
    else:
        values["available_at"] = clock.now() + WAITS[promise.attempts - 1]
    session.execute(update(OutboxEvent).where(*_mine(promise)).values(**values))
    return over


def release(session: Session, promise: Promise, wait: timedelta = timedelta(minutes=1)) -> None:
    """Give a claimed promise back untried: the try does not count, and it waits a little."""
    session.execute(
        update(OutboxEvent)
        .where(*_mine(promise))
        .values(
            leased_until=None,
            attempts=OutboxEvent.attempts - 1,
            available_at=clock.now() + wait,
        )
    )


def retry(session: Session, outbox_id: str) -> bool:
    """Put a given-up promise back in the queue; False when it is not given up."""
    changed = session.execute(
        update(OutboxEvent)
        .where(OutboxEvent.id == outbox_id, OutboxEvent.failed_at.is_not(None))
        .values(failed_at=None, attempts=0, available_at=clock.now(), leased_until=None)
        .returning(OutboxEvent.subscriber)
    ).scalar_one_or_none()
    if changed:
        session.info.setdefault("kicks", {})[changed] = timedelta(0)
    return changed is not None


def cancel(session: Session, outbox_id: str) -> bool:
    """Take a promise back that nobody has taken yet (undo send); False when it is too late."""
    gone = session.execute(
        delete(OutboxEvent).where(
            OutboxEvent.id == outbox_id, OutboxEvent.attempts == 0, OutboxEvent.done_at.is_(None)
        )
    )
    return gone.rowcount == 1


def due_subscribers(session: Session) -> list[str]:
    """Return the subscribers with due promises: what the sweeper kicks after a crash."""
    now = clock.now()
    return list(
        session.execute(
            select(OutboxEvent.subscriber)
            .where(
                OutboxEvent.done_at.is_(None),
                OutboxEvent.failed_at.is_(None),
                OutboxEvent.available_at <= now,
                or_(OutboxEvent.leased_until.is_(None), OutboxEvent.leased_until < now),
            )
            .distinct()
        ).scalars()
    )


def forget_old(session: Session) -> int:
    """Delete kept promises older than a week; return how many."""
    gone = session.execute(delete(OutboxEvent).where(OutboxEvent.done_at < clock.now() - KEPT))
    return gone.rowcount
