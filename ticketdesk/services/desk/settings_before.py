"""What a save of settings changed, remembered exactly, so that it can be taken back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col, select

from ticketdesk.actor import Actor
from ticketdesk.db import REHEARSAL
from ticketdesk.errors import Conflict
from ticketdesk.models import CaptchaSecret, MailAccount, Organization
from ticketdesk.models.enums import UserRole
from ticketdesk.services import ticket_settings
from ticketdesk.services.desk import settings_kinds
from ticketdesk.services.desk.settings_kinds import KINDS, Kind

P = ParamSpec("P")
T = TypeVar("T")
Values = dict[str, Any]
Rows = dict[tuple[str, str], Values]

# These move by themselves or with every change; a row that only differs in them is the same.
_MOVING = frozenset({"version", "updated_at", "last_used_at", "seen_until", "seen_id", "search"})
ABSENT = ticket_settings.ABSENT
_TOO_LATE = "It was changed again since; this cannot be taken back."


@dataclass(frozen=True, slots=True)
class Before:
    """Rows by table and key, as they were and as the save left them; absent where there was none.

    For what was changed only the columns that differ are kept.
    """

    kind: str
    was: Rows = field(default_factory=dict)
    now: Rows = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Saved(Generic[T]):
    """What a service gave, and what was there before; `before` None when nothing changed."""

    result: T
    before: Before | None


def saving(
    session: Session,
    actor: Actor,
    kind: str,
    row_id: str,
    service: Callable[Concatenate[Session, Actor, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Saved[T]:
    """Run a verb of settings and remember what it changes.

    Args:
        kind: one of `settings_kinds.KINDS`.
        row_id: the row that changes, for kinds too many to look at all of them; '' otherwise.

    Raises:
        TicketDeskError: whatever the service refuses.
    """
    actor.require(UserRole.AGENT)
    if session.info.get(REHEARSAL):
        return Saved(service(session, actor, *args, **kwargs), None)
    before = _rows(session, actor, KINDS[kind], row_id)
    result = service(session, actor, *args, **kwargs)
    session.flush()
    after = _rows(session, actor, KINDS[kind], row_id)
    changed = _changed(kind, before, after)
    return Saved(result, changed if changed.was or changed.now else None)


def take_back(session: Session, actor: Actor, before: Before) -> None:
    """Put everything back as it was before a save.

    Raises:
        Conflict: any of it was changed again since, or its place is taken.
        Forbidden: the caller may not change it any more.
    """
    kind = KINDS[before.kind]
    actor.require(kind.role)
    tables = {table.__tablename__: table for table in kind.tables}
    keys = sorted(before.was | before.now)
    found = {key: _find(session, actor, tables[key[0]], key[1]) for key in keys}
    for key, row in found.items():
        _require_same(row, before.now.get(key))
        settings_kinds.require_own(actor, before.kind, row, before.was.get(key))
    try:
        for key, row in reversed(found.items()):
            if row is not None and key not in before.was:
                session.delete(row)
        session.flush()
        for name, table in tables.items():
            for key, values in before.was.items():
                if key[0] == name:
                    _put(session, actor, table, found[key], values)
            session.flush()
    except IntegrityError as error:
        raise Conflict("Something else has its place now; this cannot be taken back.") from error
    kind.taken_back(session, actor, before.was, before.now)
    session.flush()


def _rows(session: Session, actor: Actor, kind: Kind, row_id: str) -> Rows:
    found: Rows = {}
    for table in kind.tables:
        query: Any = select(table).where(_tenant(table) == actor.organization_id)
        if kind.one_by_one:
            query = query.where(_key(table) == row_id)
        for row in session.exec(query):
            values = _values(row, kind.columns)
            found[table.__tablename__, _identity(row)] = values
    return found


def _changed(kind: str, before: Rows, after: Rows) -> Before:
    changed = Before(kind)
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        if was is not None and now is not None:
            names = (was.keys() | now.keys()) - _MOVING
            differ = {n for n in names if was.get(n, ABSENT) != now.get(n, ABSENT)}
            was, now = ({n: one.get(n, ABSENT) for n in differ} for one in (was, now))
        if was:
            changed.was[key] = was
        if now:
            changed.now[key] = now
    return changed


def _require_same(row: Any, left: Values | None) -> None:
    if (row is None) != (left is None):
        raise Conflict(_TOO_LATE)
    if row is not None and left is not None:
        present = _values(row, ())
        if any(present.get(name, ABSENT) != left[name] for name in left.keys() - _MOVING):
            raise Conflict(_TOO_LATE)


def _put(session: Session, actor: Actor, table: type[SQLModel], row: Any, values: Values) -> None:
    if table is Organization:
        ticket_settings.put_back(session, actor, values)
        return
    if row is None:
        row = table(**{name: value for name, value in values.items() if name != "search"})
    else:
        for name, value in values.items():
            setattr(row, name, value)
        if hasattr(row, "version"):
            row.version += 1
    session.add(row)


def _find(session: Session, actor: Actor, table: type[SQLModel], key: str) -> Any:
    query = select(table).where(_tenant(table) == actor.organization_id, _key(table) == key)
    return session.exec(query.with_for_update()).first()


def _values(row: Any, columns: tuple[str, ...]) -> Values:
    if isinstance(row, Organization):
        return ticket_settings.parts(row)
    names = columns or tuple(attribute.key for attribute in inspect(row).mapper.column_attrs)
    return {name: getattr(row, name) for name in names}


def _identity(row: Any) -> str:
    return str(inspect(row).mapper.primary_key_from_instance(row)[0])


def _key(table: Any) -> Any:
    one_each = table in (CaptchaSecret, MailAccount)
    return col(table.organization_id if one_each else table.id)


def _tenant(table: Any) -> Any:
    return col(table.id if table is Organization else table.organization_id)
