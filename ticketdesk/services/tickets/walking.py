"""How a page of a list is found: a stretch of the list is walked, then the index is asked.

Decision 4 says why. A page without anything to look up is read straight from the list's order.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import and_
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from ticketdesk.models import Ticket
from ticketdesk.services.tickets.sorting import Order
from ticketdesk.services.tickets.sought import Sought

CAP = 1000
_STRETCH = 1000
_COMMON = 10

# The words of the full-text index are as long as the texts, and nobody reads them.
_LIGHT = defer(col(Ticket.search))


@dataclass(slots=True)
class Query:
    """What a list asks for, ready for SQL.

    `where` are the conditions of its filters, beside that of the organization; `extra` those of one
    part of a list in two parts. `place` is behind which the page begins.
    """

    organization_id: str
    where: list[Any]
    order: Order
    sought: list[Sought]
    size: int
    place: list[Any] | None = None
    extra: list[Any] = field(default_factory=list)


def rows(session: Session, query: Query) -> tuple[list[Ticket], bool]:
    """Return up to size + 1 rows, and whether the whole list was walked to its end."""
    if not query.order.in_two_parts:
        return part(session, query, query.place)
    due = query.order.columns()[0]
    found: list[Ticket] = []
    if query.place is None or query.place[0] is not None:
        query.extra = [due.is_not(None)]
        found, _ = part(session, query, query.place)
        if len(found) > query.size:
            return found, False
    query.extra = []
    behind = query.place[1:] if query.place and query.place[0] is None else None
    rest, _ = part(session, undated(query), behind)
    return (found + rest)[: query.size + 1], False


def undated(query: Query) -> Query:
    """Return the second part of a list in two: its rows have nothing but their id to go by."""
    first = query.order.columns()[0]
    return replace(query, order=Order(("id",), query.order.descending), extra=[first.is_(None)])


def part(session: Session, query: Query, place: list[Any] | None) -> tuple[list[Ticket], bool]:
    """Return up to size + 1 rows behind a place, and whether they are all there are."""
    if not query.sought:
        found = _read(session, _ordered(query, place).limit(query.size + 1))
        return found, len(found) <= query.size
    hits, ended = _walk(session, query, place)
    if ended or len(hits) > query.size:
        return _with_ids(session, query, hits[: query.size + 1]) if hits else [], ended
    # Common enough to fill the page within some thousand rows, or rare enough for the index.
    if len(hits) >= _COMMON:
        found = _with_ids(session, query, _further(query, place, len(hits)))
        if len(found) > query.size:
            return found, False
    found = _by_index(session, query, place)
    return found, len(found) <= query.size


def identifiers(query: Query) -> Any:
    """Return the statement of all identifiers of a list, in no order."""
    return select(Ticket.id).where(_own(query), *query.where, *_found(query))


def capped(query: Query) -> Any:
    """Return the statement of all identifiers, or of one more than are counted."""
    return identifiers(query).limit(CAP + 1)


def holds(session: Session, query: Query, ticket_id: str) -> bool:
    """Whether a ticket has everything that a list looks up."""
    statement = select(Ticket.id).where(_own(query), col(Ticket.id) == ticket_id, *_held(query))
    return session.exec(statement).first() is not None


def _held(query: Query) -> list[Any]:
    return [one.holds(Ticket.__table__.c) for one in query.sought]  # type: ignore[attr-defined]


def _walk(session: Session, query: Query, place: list[Any] | None) -> tuple[list[str], bool]:
    """Look at the next stretch of the list, row by row.

    Returns:
        The identifiers of the hits, and whether the list ends within the stretch.
    """
    stretch = (
        _ordered(query, place)
        .limit(_STRETCH)
        .cte("stretch")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    hit = and_(*(one.holds(stretch.c) for one in query.sought))
    seen = session.exec(select(stretch.c.id, hit.label("hit"))).all()
    return [row.id for row in seen if row.hit], len(seen) < _STRETCH


def _further(query: Query, place: list[Any] | None, hits: int) -> Any:
    """Return the subquery of a page's identifiers within twice as many rows as it should take.

    What came up lately may have never come up before: without an end this would look at every row.

    Args:
        hits: how many the first stretch has.
    """
    enough = _STRETCH + 2 * _STRETCH * (query.size + 1) // hits
    rows = _ordered(query, place).limit(enough).subquery("further")
    held = [one.holds(rows.c) for one in query.sought]
    return select(rows.c.id).where(*held).order_by(*query.order.by(rows.c)).limit(query.size + 1)


def _by_index(session: Session, query: Query, place: list[Any] | None) -> list[Ticket]:
    only = query.sought[0].page if len(query.sought) == 1 else None
    if only and not query.where and not query.extra:
        return _with_ids(session, query, only(query.order, place, query.size + 1))
    statement = _ordered(query, place).where(*_found(query))
    return _read(session, statement.limit(query.size + 1))


def _found(query: Query) -> list[Any]:
    return [condition for one in query.sought for condition in one.by_index()]


def _with_ids(session: Session, query: Query, ids: Any) -> list[Ticket]:
    """Return the tickets with these identifiers, a list or a subquery, in the list's order."""
    statement = select(Ticket).where(_own(query), col(Ticket.id).in_(ids))
    return _read(session, statement.order_by(*query.order.by()))


def _ordered(query: Query, place: list[Any] | None) -> Any:
    statement = select(Ticket).where(_own(query), *query.where, *query.extra)
    if place is not None:
        statement = statement.where(query.order.after(place))
    return statement.order_by(*query.order.by())


def _own(query: Query) -> Any:
    return col(Ticket.organization_id) == query.organization_id


def _read(session: Session, statement: Any) -> list[Ticket]:
    return list(session.exec(statement.options(_LIGHT)).all())
