"""How many tickets a second are taken in, fsync and history, outbox and notices included."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

from bench.callers import agent
from bench.installation import Installation, Sized
from bench.results import Result
from ticketdesk import unit_of_work
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create

COUNT = 400
CALLERS = 8


def run(installation: Installation) -> Iterable[Result]:
    """Create one after the other, then by eight callers of one organization."""
    sized = next(reversed(installation.sizes.values()))
    installation.use(sized.database)
    for number in range(20):
        _create(sized, number)
    began = perf_counter()
    for number in range(COUNT):
        _create(sized, number)
    alone = COUNT / (perf_counter() - began)
    yield Result("tickets created by one caller", alone, "per s")
    began = perf_counter()
    with ThreadPoolExecutor(CALLERS) as pool:
        list(pool.map(lambda number: _create(sized, number), range(COUNT)))
    yield Result(f"tickets created by {CALLERS} callers", COUNT / (perf_counter() - began), "per s")


def _create(sized: Sized, number: int) -> None:
    unit_of_work.as_actor(
        agent(sized),
        create,
        CreateTicket(
            requester_name="Jane Smith",
            requester_email="jane@customer.example",
            subject=f"The printer prints every label twice ({number})",
            description="Since yesterday each label comes out twice. Copies is set to 1. " * 6,
        ),
    )
