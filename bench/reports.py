"""The analytics of a month and of a year, among a thousand tickets and among a million."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from bench.callers import agent
from bench.installation import Installation
from bench.results import Result, at_most
from bench.timing import side_by_side
from ticketdesk import db, publisher, unit_of_work
from ticketdesk.services.reports.query import ReportQuery
from ticketdesk.services.reports.report import report

RUNS = 9
LONGEST = {"a month": (30, 1000), "a year": (365, 10_000)}
"""Days, and milliseconds among a million tickets; the load spreads them over three years."""


def run(installation: Installation) -> Iterable[Result]:
    """Time both periods side by side, then look how PostgreSQL finds the tickets of a day."""
    small, *_, large = installation.sizes
    for words, (days, most) in LONGEST.items():
        query = ReportQuery(days=days)
        times = side_by_side(
            {name: _asked(installation, name, query) for name in (small, large)}, RUNS, 2
        )
        details = {name: found.facts() for name, found in times.items()}
        yield Result(f"report of {words} among {small} tickets", times[small].median, "ms")
        name = f"report of {words} among {large} tickets"
        yield at_most(name, times[large].median, most, "ms", details)
    read = _reading_all(installation, large)
    name = f"queries of a day's report that read all {large} tickets"
    yield at_most(name, len(read), 0, "", {"statements": read})


def _asked(installation: Installation, size: str, query: ReportQuery) -> Callable[[], object]:
    sized = installation.sizes[size]
    actor = agent(sized)

    def ask() -> object:
        installation.use(sized.database)
        # Every time is the first: what is kept is what one has not to wait for.
        publisher.connection().flushdb()
        return unit_of_work.as_actor(actor, report, query)

    return ask


def _reading_all(installation: Installation, size: str) -> list[str]:
    """Return the statements that PostgreSQL would answer by reading every ticket."""
    sized = installation.sizes[size]
    installation.use(sized.database)
    with _statements() as asked:
        _asked(installation, size, ReportQuery(days=1))()
    found = []
    with db.tenant_session(sized.organization_id) as session:
        for statement, values in asked:
            plan = session.connection().exec_driver_sql(f"EXPLAIN {statement}", values)
            if any("Seq Scan on tickets" in row[0] for row in plan):
                found.append(statement)
    return found


@contextmanager
def _statements() -> Iterator[list[tuple[str, Any]]]:
    asked: list[tuple[str, Any]] = []

    def hear(_a: Any, _b: Any, statement: str, values: Any, _c: Any, _d: Any) -> None:
        if "FROM tickets" in statement:
            asked.append((statement, values))

    engine = db.engine(db.APP_ROLE)
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", hear)
