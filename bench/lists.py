"""The list of tickets: how its first page grows with the organization, and how deep pages fare."""

from collections.abc import Callable, Iterable
from functools import partial

from sqlmodel import col, select

from bench.callers import agent
from bench.installation import Installation, Sized
from bench.results import Result, at_most
from bench.timing import side_by_side
from ticketdesk import unit_of_work
from ticketdesk.models import Ticket
from ticketdesk.services.tickets.filters import TicketFilters
from ticketdesk.services.tickets.listing import list_tickets
from ticketdesk.services.tickets.sorting import order_of

PAGE = 50
DEEP = 1000

VIEWS: dict[str, dict[str, object]] = {
    "newest first": {},
    "open, last changed first": {"status": "NEW,OPEN,IN_PROGRESS", "sort": "-updatedAt"},
    "assigned to me": {"assignedToId": "me", "sort": "-updatedAt"},
    "by priority": {"sort": "-priority"},
    "by service level": {"sort": "sla"},
}


def run(installation: Installation) -> Iterable[Result]:
    """Measure first pages at each size, then page 1 against page 1,000 at the largest."""
    sizes = installation.sizes
    small, large = next(iter(sizes)), next(reversed(sizes))
    for view, filters in VIEWS.items():
        wanted = TicketFilters.parse(filters)
        times = side_by_side(
            {size: _page(installation, sized, wanted) for size, sized in sizes.items()}
        )
        growth = times[large].median / times[small].median
        details = {size: found.facts() for size, found in times.items()}
        yield at_most(f"first page, {view}: {small} → {large}", growth, 1.5, "times", details)
        yield Result(f"first page, {view}, at {large} (median)", times[large].median, "ms")
    yield from _deep(installation, sizes[large])


def _deep(installation: Installation, sized: Sized) -> Iterable[Result]:
    wanted = TicketFilters()
    depth = min(DEEP, sized.tickets // PAGE)
    cursor = _cursor(installation, sized, wanted, depth)
    times = side_by_side(
        {
            "page 1": _page(installation, sized, wanted),
            f"page {depth}": _page(installation, sized, wanted, cursor),
        }
    )
    growth = times[f"page {depth}"].median / times["page 1"].median
    details = {name: found.facts() for name, found in times.items()}
    yield at_most(f"page {depth:,} against page 1", growth, 1.5, "times", details)


def _page(
    installation: Installation, sized: Sized, wanted: TicketFilters, cursor: str | None = None
) -> Callable[[], object]:
    caller = agent(sized)

    def load() -> None:
        installation.use(sized.database)
        found = unit_of_work.as_actor(caller, list_tickets, wanted, cursor=cursor, limit=PAGE)
        assert found.tickets

    return load


def _cursor(installation: Installation, sized: Sized, wanted: TicketFilters, page: int) -> str:
    order = order_of(wanted.sort)

    def last_before(session, actor) -> Ticket:
        query = select(Ticket).where(col(Ticket.organization_id) == actor.organization_id)
        return session.exec(
            query.order_by(*order.by()).offset((page - 1) * PAGE - 1).limit(1)
        ).one()

    installation.use(sized.database)
    return order.cursor(unit_of_work.as_actor(agent(sized), partial(last_before)))
