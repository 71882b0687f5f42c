"""Whether this installation works, and the figures that say how well."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col

from ticketdesk import clock, db, migrations, publisher
from ticketdesk.adapters.storage import storage
from ticketdesk.adapters.storage.local import LocalStorage
from ticketdesk.errors import TicketDeskError, Unavailable
from ticketdesk.metrics import Labels, Measured
from ticketdesk.models import OutboxEvent, Ticket
from ticketdesk.models.enums import TicketStatus

_LEAST_FREE = 64 * 1024 * 1024
"""Bytes below which an upload of the usual limit may fail half-way."""

_OVER = (TicketStatus.RESOLVED, TicketStatus.CLOSED, TicketStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is well, in words for the operator, and the time it took."""

    name: str
    ok: bool
    detail: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Readiness:
    """The checks of /readyz."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether requests can be served."""
        return all(check.ok for check in self.checks)

    def body(self) -> dict[str, object]:
        """The answer of /readyz: which parts are well, and no address or version of theirs."""
        return {
            "success": self.ok,
            "checks": {check.name: "ok" if check.ok else "failed" for check in self.checks},
        }


def live() -> dict[str, object]:
    """The answer of /healthz: that this process answers is all there is to say."""
    return {"success": True}


def ready() -> Readiness:
    """Look at the database, the schema, Redis and the storage; never raises."""
    return Readiness(
        (
            check("database", _database),
            check("migrations", _migrations),
            check("redis", _redis),
            check("storage", _storage),
        )
    )


def check(name: str, look: Callable[[], str]) -> Check:
    """Run one look; a foreseen failure becomes a failed check with its reason."""
    began = monotonic()
    try:
        ok, detail = True, look()
    except (SQLAlchemyError, publisher.redis.RedisError, OSError, TicketDeskError) as error:
        lines = str(getattr(error, "orig", None) or error).strip().splitlines()
        ok, detail = False, lines[-1] if lines else type(error).__name__
    return Check(name, ok, detail, monotonic() - began)


def measure(session: Session) -> Measured:
    """The figures of /metrics that are true for all machines at once, of all organizations."""
    now = clock.now()
    waiting = (col(OutboxEvent.done_at).is_(None), col(OutboxEvent.failed_at).is_(None))
    due = session.execute(
        select(
            col(OutboxEvent.subscriber),
            func.count(),
            func.min(OutboxEvent.available_at),
        )
        .where(*waiting)
        .group_by(OutboxEvent.subscriber)
    ).all()
    given_up = session.scalar(select(func.count()).where(col(OutboxEvent.failed_at).is_not(None)))
    sla = session.execute(
        select(col(Ticket.sla_state), func.count())
        .where(col(Ticket.sla_due_at).is_not(None), col(Ticket.status).not_in(_OVER))
        .group_by(Ticket.sla_state)
    ).all()
    oldest = max(((now - at).total_seconds() for _, _, at in due), default=0.0)
    return {
        "ticketdesk_outbox_waiting": (
            "Promises not yet kept, by subscriber.",
            {(("subscriber", name),): float(count) for name, count, _ in due},
        ),
        "ticketdesk_outbox_oldest_seconds": (
            "How long the oldest due promise has waited.",
            {(): max(0.0, oldest)},
        ),
        "ticketdesk_outbox_given_up": ("Promises given up.", {(): float(given_up or 0)}),
        "ticketdesk_sla_tickets": (
            "Open tickets with a running target, by state.",
            {(("state", state.value),): float(count) for state, count in sla},
        ),
        "ticketdesk_queue_jobs": ("Jobs waiting in Redis, by queue.", _queues()),
    }


def _queues() -> dict[Labels, float]:
    try:
        return {
            (("queue", name),): float(publisher.connection().llen(f"rq:queue:{name}"))
            for name in (publisher.QUEUE, "default")
        }
    except publisher.redis.RedisError:
        # The other figures are still true; the missing ones tell of Redis.
        return {}


def _database() -> str:
    with db.system_session() as session:
        session.execute(text("SELECT 1"))
    return "answers"


@lru_cache(maxsize=1)
def _head() -> str | None:
    return migrations.head()


def _migrations() -> str:
    with db.system_session() as session:
        found = migrations.current(session.connection())
    if found != _head():
        raise Unavailable(f"the database is at {found}, this version needs {_head()}")
    return f"at {found}"


def _redis() -> str:
    publisher.connection().ping()
    return "answers"


def _storage() -> str:
    place = storage()
    place.check()
    if isinstance(place, LocalStorage):
        room = shutil.disk_usage(place.root).free
        if room < _LEAST_FREE:
            raise Unavailable(f"only {room // 1024**2} MB are free")
    return "takes files"
