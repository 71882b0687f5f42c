"""The audit log: written with every change of settings, members and secrets; read by admins."""

from datetime import datetime
from typing import Any

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.ids import new_id
from ticketdesk.models import AuditEntry
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Moment, View
from ticketdesk.services.paging import Page, decode_cursor, encode_cursor, moment

_LOOKED_AT = 50


class AuditView(View):
    """A line of the audit log."""

    id: str
    action: str
    subject_id: str | None
    subject_name: str
    before: dict[str, Any]
    after: dict[str, Any]
    performed_by_name: str
    performed_by_kind: str
    created_at: Moment


def record(
    session: Session,
    actor: Actor,
    action: str,
    *,
    subject_id: str | None = None,
    subject_name: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write a line in the transaction of the change.

    Args:
        action: `noun.verb`, such as `member.deactivated`.
        before: the values that changed, as they were; never a secret.
        after: the same as they are now.
    """
    session.add(
        AuditEntry(
            id=new_id("audit"),
            organization_id=actor.organization_id,
            action=action,
            subject_id=subject_id,
            subject_name=subject_name,
            before=before or {},
            after=after or {},
            performed_by_id=actor.user_id,
            performed_by_name=actor.name,
            performed_by_kind=actor.kind,
        )
    )


def differences(
    before: dict[str, Any], after: dict[str, Any], prefix: str = ""
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what differs between two JSON objects, by dotted name, as it was and as it is."""
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if isinstance(old, dict) and isinstance(new, dict):
            deeper = differences(old, new, f"{prefix}{key}.")
            was |= deeper[0]
            now |= deeper[1]
        elif old != new:
            was[prefix + key], now[prefix + key] = old, new
    return was, now


def latest(
    session: Session, actor: Actor, action: str, *, touching: tuple[str, ...] = ()
) -> AuditEntry | None:
    """Return the newest line about an action, for the verbs that explain a change.

    Args:
        touching: only a line about one of these names or something inside them; () for any.
    """
    actor.require(UserRole.ADMIN, writes=False)
    lines = session.exec(
        select(AuditEntry)
        .where(AuditEntry.organization_id == actor.organization_id, AuditEntry.action == action)
        .order_by(col(AuditEntry.created_at).desc(), col(AuditEntry.id).desc())
        .limit(_LOOKED_AT if touching else 1)
    ).all()
    return next((line for line in lines if _touches(line, touching)), None)


def _touches(line: AuditEntry, names: tuple[str, ...]) -> bool:
    paths = line.before.keys() | line.after.keys()
    return not names or any(
        path == name or path.startswith(f"{name}.") for path in paths for name in names
    )


def list_entries(
    session: Session,
    actor: Actor,
    *,
    action: str = "",
    performed_by: str = "",
    after: datetime | None = None,
    before: datetime | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[AuditView]:
    """Return lines, newest first.

    Args:
        action: an action or its noun (`member`), '' for all.
        performed_by: a part of a name, '' for all.
        after, before: only lines of this period.
    """
    actor.require(UserRole.ADMIN, writes=False)
    query = select(AuditEntry).where(AuditEntry.organization_id == actor.organization_id)
    if action:
        query = query.where(
            (col(AuditEntry.action) == action)
            | col(AuditEntry.action).startswith(f"{action}.", autoescape=True)
        )
    if performed_by:
        query = query.where(
            col(AuditEntry.performed_by_name).icontains(performed_by, autoescape=True)
        )
    if after:
        query = query.where(col(AuditEntry.created_at) >= after)
    if before:
        query = query.where(col(AuditEntry.created_at) < before)
    if cursor:
        at, row_id = decode_cursor(cursor, 2)
        query = query.where(
            tuple_(col(AuditEntry.created_at), col(AuditEntry.id)) < tuple_(moment(at), str(row_id))
        )
    size = max(1, min(limit, 100))
    ordered = query.order_by(col(AuditEntry.created_at).desc(), col(AuditEntry.id).desc())
    rows = session.exec(ordered.limit(size + 1)).all()
    last = rows[size - 1] if len(rows) > size else None
    return Page(
        [AuditView.model_validate(row) for row in rows[:size]],
        encode_cursor(last.created_at, last.id) if last else None,
    )
