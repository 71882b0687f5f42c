"""What an operator should know about an installation, each look with its verdict in words."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import cast

from rq import Worker
from sqlalchemy import text
from sqlmodel import Session

from ticketdesk import clock, db, publisher
from ticketdesk.adapters.scanner import ScannerUnavailable, scanner
from ticketdesk.errors import Unavailable
from ticketdesk.services import health
from ticketdesk.services.files import orphans

_LATE = timedelta(minutes=5)
_SKEW = timedelta(seconds=2)

# Tables of one organization are known by their column; a policy must stand before each of them.
_UNGUARDED = text(
    """
    SELECT c.relname FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id'
    WHERE c.relkind IN ('r', 'p') AND NOT (
        c.relrowsecurity AND EXISTS (
            SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid
            AND pg_get_expr(p.polqual, p.polrelid) LIKE '%ticketdesk.organization_id%'
        )
    )
    ORDER BY c.relname
    """
)
_ROLES = text(
    """
    SELECT r.rolname, r.rolsuper OR r.rolbypassrls AS bypasses,
        EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relkind = 'r') AS owns
    FROM pg_roles r WHERE r.rolname IN (:app, :system) ORDER BY r.rolname
    """
)


def examine() -> list[health.Check]:
    """Look at everything; never raises for what it finds."""
    looks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("roles", _roles),
        ("row-level security", _row_security),
        ("redis persistence", _redis_persistence),
        ("redis eviction", _redis_eviction),
        ("workers", _workers),
        ("outbox", _outbox),
        ("clocks", _clocks),
        ("files", _files),
        ("virus scanner", _scanner),
    )
    return [*health.ready().checks, *(health.check(name, look) for name, look in looks)]


def _files() -> str:
    with db.system_session() as session:
        found = orphans.compare(session)
    strays = f", {len(found.strays)} stored without a file" if found.strays else ""
    if found.missing:
        raise Unavailable(
            f"{len(found.missing)} of {found.files} files have lost their bytes; restore them "
            "from a backup (which ones: ticketdesk files check)"
        )
    return f"{found.files} all there{strays}"


def _scanner() -> str:
    clamd = scanner()
    if clamd is None:
        return "off (TICKETDESK_CLAMD is not set)"
    try:
        clamd.check()
    except ScannerUnavailable as error:
        raise Unavailable(f"{error}; new files are held until it answers") from error
    return "answers"


def _roles() -> str:
    with db.system_session() as session:
        rows = session.execute(_ROLES, {"app": db.APP_ROLE, "system": db.SYSTEM_ROLE}).all()
    for role, bypasses, owns in rows:
        if bypasses or owns:
            raise Unavailable(f"{role} can get around row-level security; run: ticketdesk migrate")
    if len(rows) < 2:
        raise Unavailable("a role is missing; run: ticketdesk migrate")
    return "neither can get around row-level security"


def _row_security() -> str:
    with db.system_session() as session:
        unguarded = list(session.execute(_UNGUARDED).scalars())
    if unguarded:
        raise Unavailable(f"no policy on {', '.join(unguarded)}")
    return "a policy on every table of an organization"


def _redis_setting(name: str) -> str | None:
    try:
        found = cast(dict[str, str], publisher.connection().config_get(name))
    except publisher.redis.ResponseError:
        # Managed services forbid CONFIG; then their console has to be asked.
        return None
    return str(found.get(name, ""))


def _redis_persistence() -> str:
    appends, saves = _redis_setting("appendonly"), _redis_setting("save")
    if appends is None:
        return "cannot be read here; see your provider"
    if appends != "yes" and not saves:
        raise Unavailable("Redis keeps nothing on disk; turn on appendonly")
    return "append-only file" if appends == "yes" else f"snapshots only ({saves})"


def _redis_eviction() -> str:
    policy = _redis_setting("maxmemory-policy")
    if policy is None:
        return "cannot be read here; see your provider"
    if policy != "noeviction":
        raise Unavailable(f"maxmemory-policy is {policy}: jobs may vanish; set noeviction")
    return "noeviction"


def _workers() -> str:
    alive = [
        worker
        for worker in Worker.all(connection=publisher.connection())
        if worker.last_heartbeat and clock.now() - worker.last_heartbeat.replace(tzinfo=UTC) < _LATE
    ]
    if not alive:
        raise Unavailable("none is alive; start: ticketdesk worker")
    return f"{len(alive)} alive"


def _outbox() -> str:
    with db.system_session() as session:
        figures = health.measure(session)
    oldest = figures["ticketdesk_outbox_oldest_seconds"][1][()]
    waiting = int(sum(figures["ticketdesk_outbox_waiting"][1].values()))
    given_up = int(figures["ticketdesk_outbox_given_up"][1][()])
    if oldest > _LATE.total_seconds():
        raise Unavailable(f"{waiting} waiting, the oldest due for {oldest / 60:.0f} minutes")
    return f"{waiting} waiting, {given_up} given up"


def _clocks() -> str:
    with db.system_session() as session:
        database = _database_time(session)
    seconds, micros = cast(tuple[int, int], publisher.connection().time())
    redis_time = datetime.fromtimestamp(seconds + micros / 1_000_000, UTC)
    skew = max(abs(clock.now() - database), abs(clock.now() - redis_time))
    if skew > _SKEW:
        raise Unavailable(f"{skew.total_seconds():.1f} s apart; run a time service everywhere")
    return f"{skew.total_seconds():.2f} s apart"


def _database_time(session: Session) -> datetime:
    return session.execute(text("SELECT clock_timestamp()")).scalar_one()
