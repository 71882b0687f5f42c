"""Lists of tickets: filtered, searched, sorted, one keyset page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import and_, func, literal, union_all
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Ticket
from ticketdesk.models.enums import UserRole
from ticketdesk.services.paging import LARGEST_PAGE
from ticketdesk.services.tickets import access, conditions, matching, sought
from ticketdesk.services.tickets.customer_filters import require_visible
from ticketdesk.services.tickets.filters import TicketFilters
from ticketdesk.services.tickets.search_language import bounds, parse
from ticketdesk.services.tickets.sorting import Order, order_of
from ticketdesk.services.tickets.sought import Sought
from ticketdesk.services.tickets.views import TicketView, ticket_view

CAP = 1000
_STRETCH = 1000
_COMMON = 10

# The words of the full-text index are as long as the texts, and nobody reads them.
_LIGHT = defer(col(Ticket.search))


@dataclass(frozen=True, slots=True)
class Found:
    """One page of tickets.

    `total` counts all that match; when `total_is_capped` there are at least that many.
    """

    tickets: list[Ticket]
    next_cursor: str | None
    total: int
    total_is_capped: bool


@dataclass(frozen=True, slots=True)
class TicketPage:
    """The page as the API gives it."""

    tickets: list[TicketView]
    next_cursor: str | None
    total: int
    total_is_capped: bool


@dataclass(slots=True)
class _Query:
    """What a list asks for, ready for SQL."""

    where: list[Any]
    order: Order
    sought: list[Sought]
    size: int
    place: list[Any] | None = None
    extra: list[Any] = field(default_factory=list)


def list_tickets(
    session: Session,
    actor: Actor,
    filters: TicketFilters,
    *,
    cursor: str | None = None,
    limit: int = 50,
) -> TicketPage:
    """Return one page of the tickets the caller may see.

    Args:
        cursor: `next_cursor` of the page before.
        limit: 1 to 100.

    Raises:
        Invalid: the search has an error.
        Malformed: the cursor is not one of ours.
    """
    found = find_page(session, actor, filters, cursor=cursor, limit=limit)
    views = [ticket_view(ticket, actor) for ticket in found.tickets]
    return TicketPage(views, found.next_cursor, found.total, found.total_is_capped)


def find_page(
    session: Session,
    actor: Actor,
    filters: TicketFilters,
    *,
    cursor: str | None = None,
    limit: int = 50,
    largest: int = LARGEST_PAGE,
    counted: bool = True,
) -> Found:
    """Return one page as table rows, for services that show them in their own way.

    Args:
        largest: the most rows a page may have; an export takes more than a screen.
        counted: whether to count all that match.
    """
    actor.require(UserRole.CUSTOMER, writes=False)
    size = max(1, min(limit, largest))
    query = _query(session, actor, filters, size)
    query.place = query.order.place(cursor) if cursor else None
    rows, seen_all = _rows(session, query)
    page, more = rows[:size], len(rows) > size
    total, capped = (
        _total(session, query, rows, known=seen_all and cursor is None)
        if counted
        else (len(page), more)
    )
    return Found(page, query.order.cursor(page[-1]) if more else None, total, capped)


def count(session: Session, actor: Actor, filters: TicketFilters) -> tuple[int, bool]:
    """Return how many tickets match, and whether that is only the cap of 1,000."""
    actor.require(UserRole.CUSTOMER, writes=False)
    return _total(session, _query(session, actor, filters, 1), [], known=False)


def count_each(
    session: Session, actor: Actor, wanted: Mapping[str, TicketFilters]
) -> dict[str, tuple[int, bool]]:
    """Return what `count` gives for each of the named filters, in one statement."""
    actor.require(UserRole.CUSTOMER, writes=False)
    counts = [
        select(literal(name), func.count()).select_from(
            _capped(_query(session, actor, filters, 1)).subquery()
        )
        for name, filters in wanted.items()
    ]
    if not counts:
        return {}
    rows = session.exec(union_all(*counts)).all()  # type: ignore[call-overload]
    return {name: (min(number, CAP), number > CAP) for name, number in rows}


def check(filters: TicketFilters) -> None:
    """Read the search of a list without asking the database.

    Raises:
        Invalid: the search has an error.
    """
    for term in parse(filters.q).terms:
        if term.key in ("created", "updated"):
            for value in term.values:
                bounds(value)


def neighbour(
    session: Session, actor: Actor, filters: TicketFilters, ticket: Ticket, *, before: bool
) -> Ticket | None:
    """Return the ticket that stands beside one in a list, whether or not that one is in it.

    Args:
        before: the one above rather than the one below.
    """
    actor.require(UserRole.CUSTOMER, writes=False)
    query = _query(session, actor, filters, 1)
    place = [getattr(ticket, name) for name in query.order.names]
    if before:
        query.order = query.order.reversed()
    for part, place_in_part in _parts_beyond(query, place, before=before):
        rows, _ = _part(session, part, place_in_part)
        if rows:
            return rows[0]
    return None


def _parts_beyond(
    query: _Query, place: list[Any], *, before: bool
) -> list[tuple[_Query, list[Any] | None]]:
    """Return where to look on from a place: the parts of the list, each with the place in it."""
    if not query.order.in_two_parts:
        return [(query, place)]
    dated = replace(query, extra=[query.order.columns()[0].is_not(None)])
    undated = _undated(query)
    if place[0] is None:
        return [(undated, place[1:]), *([(dated, None)] if before else [])]
    return [(dated, place), *([] if before else [(undated, None)])]


def _undated(query: _Query) -> _Query:
    """Return the second part of a list in two: its rows have nothing but their id to go by."""
    first = query.order.columns()[0]
    return replace(query, order=Order(("id",), query.order.descending), extra=[first.is_(None)])


def _query(session: Session, actor: Actor, filters: TicketFilters, size: int) -> _Query:
    search = parse(filters.q)
    if not actor.is_staff:
        require_visible(filters, search)
    words = matching.words_of(search)
    where = [
        col(Ticket.organization_id) == actor.organization_id,
        *conditions.of_filters(filters, actor),
        *conditions.of_search(session, search, actor),
    ]
    if not actor.is_staff:
        where += [access.mine(session, actor), *matching.in_what_customers_see(words)]
    elif words.unwanted:
        where.append(matching.without_words(words.unwanted))
    wanted = sought.of(filters, search, words, actor)
    return _Query(where, order_of(filters.sort), wanted, size)


def _rows(session: Session, query: _Query) -> tuple[list[Ticket], bool]:
    """Return up to size + 1 rows, and whether the whole list was walked to its end."""
    if not query.order.in_two_parts:
        return _part(session, query, query.place)
    due = query.order.columns()[0]
    rows: list[Ticket] = []
    if query.place is None or query.place[0] is not None:
        query.extra = [due.is_not(None)]
        rows, _ = _part(session, query, query.place)
        if len(rows) > query.size:
            return rows, False
    query.extra = []
    behind = query.place[1:] if query.place and query.place[0] is None else None
    rest, _ = _part(session, _undated(query), behind)
    return (rows + rest)[: query.size + 1], False


def _part(session: Session, query: _Query, place: list[Any] | None) -> tuple[list[Ticket], bool]:
    if not query.sought:
        rows = session.exec(_ordered(query, place).limit(query.size + 1).options(_LIGHT)).all()
        return list(rows), len(rows) <= query.size
    rows, ended = _walk(session, query, place)
    if ended or len(rows) > query.size:
        return rows, ended
    # Common enough to fill the page within some thousand rows, or rare enough for the index.
    found_by = _row_by_row if len(rows) >= _COMMON else _by_index
    matching_rows = _ordered(query, place).where(*found_by(query)).limit(query.size + 1)
    found = session.exec(matching_rows.options(_LIGHT)).all()
    return list(found), len(found) <= query.size


def _walk(session: Session, query: _Query, place: list[Any] | None) -> tuple[list[Ticket], bool]:
    """Look at the next stretch of the list, row by row; True when the list ends within it."""
    stretch = (
        _ordered(query, place)
        .limit(_STRETCH)
        .cte("stretch")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    hit = and_(*(one.holds(stretch.c) for one in query.sought))
    hits = session.exec(select(stretch.c.id, hit.label("hit"))).all()
    ids = [row.id for row in hits if row.hit][: query.size + 1]
    ended = len(hits) < _STRETCH
    if not ids:
        return [], ended
    rows = session.exec(
        select(Ticket).where(col(Ticket.id).in_(ids)).order_by(*query.order.by()).options(_LIGHT)
    ).all()
    return list(rows), ended


def _row_by_row(query: _Query) -> list[Any]:
    return [one.holds(Ticket.__table__.c) for one in query.sought]  # type: ignore[attr-defined]


def _by_index(query: _Query) -> list[Any]:
    return [condition for one in query.sought for condition in one.by_index()]


def _ordered(query: _Query, place: list[Any] | None) -> Any:
    statement = select(Ticket).where(*query.where, *query.extra)
    if place is not None:
        statement = statement.where(query.order.after(place))
    return statement.order_by(*query.order.by())


def _total(session: Session, query: _Query, rows: list[Ticket], *, known: bool) -> tuple[int, bool]:
    if known and len(rows) <= query.size:
        return len(rows), False
    if len(rows) > query.size and not all(one.is_loose for one in query.sought):
        # Counting a common word would cost more than finding its first page did.
        return len(rows), True
    number = session.exec(select(func.count()).select_from(_capped(query).subquery())).one()
    return min(number, CAP), number > CAP


def _capped(query: _Query) -> Any:
    return select(Ticket.id).where(*query.where, *_by_index(query)).limit(CAP + 1)
