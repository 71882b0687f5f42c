"""Lists of tickets: filtered, searched, sorted, one keyset page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import false, func, literal, union_all
from sqlmodel import Session, select

from ticketdesk.actor import Actor
from ticketdesk.models import Ticket
from ticketdesk.models.enums import UserRole
from ticketdesk.services.paging import LARGEST_PAGE
from ticketdesk.services.tickets import access, conditions, matching, sought, walking
from ticketdesk.services.tickets.customer_filters import require_visible
from ticketdesk.services.tickets.filters import TicketFilters
from ticketdesk.services.tickets.matching import Words
from ticketdesk.services.tickets.search_language import bounds, parse
from ticketdesk.services.tickets.sorting import order_of
from ticketdesk.services.tickets.views import TicketView, ticket_view
from ticketdesk.services.tickets.walking import Query
from ticketdesk.services.tickets.wordings import wordings


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
    query, rows, seen_all = _first_found(session, _queries(session, actor, filters, size), cursor)
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
    total, capped = 0, False
    for query in _queries(session, actor, filters, 1):
        total, capped = _total(session, query, [], known=False)
        if total:
            break
    return total, capped


def identifiers(session: Session, actor: Actor, filters: TicketFilters) -> list[str]:
    """Return the identifiers of all tickets that match, however many, in no order."""
    actor.require(UserRole.CUSTOMER, writes=False)
    found: list[str] = []
    for query in _queries(session, actor, filters, 1):
        found = list(session.exec(walking.identifiers(query)))
        if found:
            break
    return found


def count_each(
    session: Session, actor: Actor, wanted: Mapping[str, TicketFilters]
) -> dict[str, tuple[int, bool]]:
    """Return what `count` gives for each of the named filters, in two statements at most."""
    actor.require(UserRole.CUSTOMER, writes=False)
    queries = {name: _queries(session, actor, filters, 1) for name, filters in wanted.items()}
    counts = _counts(session, {name: first for name, (first, *_) in queries.items()})
    others = {name: rest[0] for name, (_, *rest) in queries.items() if rest and not counts[name][0]}
    return counts | _counts(session, others)


def _counts(session: Session, queries: Mapping[str, Query]) -> dict[str, tuple[int, bool]]:
    counts = [
        select(literal(name), func.count()).select_from(walking.capped(query).subquery())
        for name, query in queries.items()
    ]
    if not counts:
        return {}
    rows = session.exec(union_all(*counts)).all()  # type: ignore[call-overload]
    return {name: (min(number, walking.CAP), number > walking.CAP) for name, number in rows}


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
    query = _meant_beside(session, _queries(session, actor, filters, 1), ticket)
    place = [getattr(ticket, name) for name in query.order.names]
    if before:
        query.order = query.order.reversed()
    for part, place_in_part in _parts_beyond(query, place, before=before):
        rows, _ = walking.part(session, part, place_in_part)
        if rows:
            return rows[0]
    return None


def _parts_beyond(
    query: Query, place: list[Any], *, before: bool
) -> list[tuple[Query, list[Any] | None]]:
    """Return where to look on from a place: the parts of the list, each with the place in it."""
    if not query.order.in_two_parts:
        return [(query, place)]
    dated = replace(query, extra=[query.order.columns()[0].is_not(None)])
    undated = walking.undated(query)
    if place[0] is None:
        return [(undated, place[1:]), *([(dated, None)] if before else [])]
    return [(dated, place), *([] if before else [(undated, None)])]


def _queries(
    session: Session, actor: Actor, filters: TicketFilters, size: int
) -> tuple[Query, ...]:
    """Return what a list can ask for; the first that finds something is what it does."""
    search = parse(filters.q)
    if not actor.is_staff:
        require_visible(filters, search)
    narrowed = [
        *conditions.of_filters(filters, actor),
        *conditions.of_search(session, search, actor),
    ]

    def meaning(words: Words) -> Query:
        where = list(narrowed)
        if (search.words or search.phrases) and not words.wanted:
            # Signs alone are in no index, and are no wish to see everything.
            where.append(false())
        if not actor.is_staff:
            where += [access.mine(session, actor), *matching.in_what_customers_see(words)]
        elif words.unwanted:
            where.append(matching.without_words(words.unwanted))
        wanted = sought.of(filters, search, words, actor)
        return Query(actor.organization_id, where, order_of(filters.sort), wanted, size)

    return tuple(meaning(words) for words in wordings(session, actor, search))


def _first_found(
    session: Session, queries: tuple[Query, ...], cursor: str | None
) -> tuple[Query, list[Ticket], bool]:
    """Return the query that is meant, its rows, and whether they are all there are."""
    query, *others = queries
    query.place = query.order.place(cursor) if cursor else None
    rows, seen_all = walking.rows(session, query)
    if rows or not others:
        return query, rows, seen_all
    return _first_found(session, tuple(others), cursor)


def _meant_beside(session: Session, queries: tuple[Query, ...], ticket: Ticket) -> Query:
    """Return the query whose list a ticket was opened from: the first that finds it."""
    query, *others = queries
    if not others or walking.holds(session, query, ticket.id):
        return query
    return _meant_beside(session, tuple(others), ticket)


def _total(session: Session, query: Query, rows: list[Ticket], *, known: bool) -> tuple[int, bool]:
    if known and len(rows) <= query.size:
        return len(rows), False
    if len(rows) > query.size and not all(one.is_loose for one in query.sought):
        # Counting a common word would cost more than finding its first page did.
        return len(rows), True
    number = session.exec(select(func.count()).select_from(walking.capped(query).subquery())).one()
    return min(number, walking.CAP), number > walking.CAP
