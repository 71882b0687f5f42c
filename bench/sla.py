"""A sweep that has a hundred tickets to tell about, among a thousand open ones and a million."""

from collections.abc import Iterable
from time import perf_counter

import psycopg

from bench import timing
from bench.installation import Installation, Sized
from bench.results import Result, at_most
from ticketdesk import unit_of_work
from ticketdesk.services.sla.sweep import sweep

DUE = 100
RUNS = 11
_FIRST_RUNS = 3


def run(installation: Installation) -> Iterable[Result]:
    """Make everything open, then tell a hundred breaches again and again, sizes taking turns."""
    names = list(installation.sizes)
    small, large = names[0], names[-1]
    sizes = {name: installation.sizes[name] for name in (small, large)}
    for sized in sizes.values():
        _open_all(installation, sized)
    taken: dict[str, list[float]] = {name: [] for name in sizes}
    for turn in range(RUNS + _FIRST_RUNS):
        for name, sized in sizes.items():
            _make_due(installation, sized)
            installation.use(sized.database)
            began = perf_counter()
            seen = unit_of_work.across(sweep)
            if turn >= _FIRST_RUNS:
                taken[name].append((perf_counter() - began) * 1000)
            assert seen == DUE, f"the sweep saw {seen} tickets"
    times = {name: timing.of(values) for name, values in taken.items()}
    for name, found in times.items():
        yield Result(f"sweep of {DUE} due among {name} open tickets", found.median, "ms")
    yield at_most(
        f"sweep among {large} against {small} open tickets",
        times[large].median / times[small].median,
        1.5,
        "times",
        {name: found.facts() for name, found in times.items()},
    )
    for name, sized in sizes.items():
        installation.use(sized.database)
        idle = timing.of(_timed_idle() for _ in range(60))
        yield Result(
            f"sweep with nothing due among {name}", idle.median, "ms", details=idle.facts()
        )


def _timed_idle() -> float:
    began = perf_counter()
    assert unit_of_work.across(sweep) == 0
    return (perf_counter() - began) * 1000


def _open_all(installation: Installation, sized: Sized) -> None:
    """Every ticket is open, with something to tell in a year: the index is as full as it gets."""
    with psycopg.connect(installation.address(sized.database), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        connection.execute(
            "UPDATE tickets SET status = 'OPEN', first_response_at = NULL,"
            " next_sla_event_at = now() + interval '1 year' WHERE organization_id = %s",
            [sized.organization_id],
        )
        connection.execute("VACUUM ANALYZE tickets")


def _make_due(installation: Installation, sized: Sized) -> None:
    """Forget what was told and let the newest hundred come due; they are two days old by now."""
    with psycopg.connect(installation.address(sized.database), autocommit=True) as connection:
        connection.execute("DELETE FROM sla_events")
        connection.execute("DELETE FROM outbox_events")
        connection.execute(
            "UPDATE tickets SET next_sla_event_at = now() - interval '1 minute',"
            " created_at = now() - interval '3 days' WHERE id IN (SELECT id FROM tickets"
            " WHERE organization_id = %s ORDER BY ticket_number DESC LIMIT %s)",
            [sized.organization_id, DUE],
        )
