"""A member's own list of sign-ins, each of which can be ended."""

from sqlmodel import Session as DbSession
from sqlmodel import col, select, update

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import Forbidden, NotFound
from ticketdesk.models import Session
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Moment, View

# First match wins: later browsers call themselves by the names of earlier ones, too.
_PROGRAMS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


class SignInSessionView(View):
    """One sign-in: where from, since when, and whether it is this one."""

    id: str
    ip_address: str | None
    device: str
    created_at: Moment
    last_seen_at: Moment
    is_current: bool


def list_mine(session: DbSession, actor: Actor) -> list[SignInSessionView]:
    """Return the caller's living sessions, the last seen first."""
    rows = session.exec(
        _living(actor).order_by(col(Session.last_seen_at).desc(), col(Session.id)).limit(100)
    )
    return [
        SignInSessionView(
            id=row.id,
            ip_address=row.ip_address,
            device=device_of(row.user_agent),
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            is_current=row.id == actor.session_id,
        )
        for row in rows
    ]


def device_of(user_agent: str | None) -> str:
    """Return a program and system in words people know, such as `Firefox on Windows`."""
    text = user_agent or ""
    program = next((name for mark, name in _PROGRAMS if mark in text), "")
    system = next((name for mark, name in _SYSTEMS if mark in text), "")
    if program and system:
        return f"{program} on {system}"
    return program or system or text[:60] or "Unknown program"


def end(session: DbSession, actor: Actor, session_id: str) -> None:
    """End one of the caller's sessions.

    Raises:
        NotFound: it is not the caller's, or over.
    """
    row = session.exec(_living(actor).where(Session.id == session_id)).first()
    if row is None:
        raise NotFound("This session is over already.")
    row.revoked_at = clock.now()
    session.add(row)
    session.flush()


def end_others(session: DbSession, actor: Actor) -> int:
    """End all of the caller's sessions but this one; return how many."""
    gone = session.exec(
        update(Session)
        .where(
            col(Session.user_id) == _owner(actor),
            col(Session.revoked_at).is_(None),
            col(Session.id) != (actor.session_id or ""),
        )
        .values(revoked_at=clock.now())
    )
    return gone.rowcount


def _living(actor: Actor):
    return select(Session).where(
        Session.user_id == _owner(actor),
        col(Session.revoked_at).is_(None),
        Session.expires_at > clock.now(),
    )


def _owner(actor: Actor) -> str:
    actor.require(UserRole.CUSTOMER)
    if actor.user_id is None:
        raise Forbidden("An API key has no sessions.")
    return actor.user_id
