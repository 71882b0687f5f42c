"""Full-text search: rare, common, two words and none, at a million tickets against a thousand."""

from collections.abc import Callable, Iterable

from bench import load
from bench.callers import agent
from bench.installation import Installation, Sized
from bench.results import Result, at_most
from bench.timing import Times, side_by_side
from ticketdesk import unit_of_work
from ticketdesk.services.tickets.filters import TicketFilters
from ticketdesk.services.tickets.listing import list_tickets

SEARCHES = {
    "a rare word": load.RARE,
    "a common word": load.COMMON,
    "two words": f"{load.FIRST} {load.SECOND}",
    "no match": load.NOWHERE,
}
# At a thousand tickets these have next to nothing to look at: they have a limit of their own.
MIXTURES = {
    "a common and a rare word": f"{load.COMMON} {load.RARE}",
    "a common word among cancelled ones": f"{load.COMMON} status:cancelled",
    "a word and a filter without match": f"{load.COMMON} category:nothing",
    "the beginning of a word": load.RARE[:5],
}


def run(installation: Installation) -> Iterable[Result]:
    """Measure each search at the smallest and the largest size."""
    sizes = installation.sizes
    small, large = next(iter(sizes)), next(reversed(sizes))
    for name, words in SEARCHES.items():
        times = _times(installation, words, (small, large))
        growth = times[large].p95 / times[small].p95
        details = {size: found.facts() for size, found in times.items()}
        yield at_most(f"search for {name}: p95 {small} → {large}", growth, 5, "times", details)
        yield Result(f"search for {name} at {large} (p95)", times[large].p95, "ms")
    for name, words in MIXTURES.items():
        times = _times(installation, words, (small, large))
        details = {size: found.facts() for size, found in times.items()}
        yield at_most(f"search for {name} at {large} (p95)", times[large].p95, 100, "ms", details)


def _times(installation: Installation, words: str, sizes: Iterable[str]) -> dict[str, Times]:
    return side_by_side(
        {size: _search(installation, installation.sizes[size], words) for size in sizes}
    )


def _search(installation: Installation, sized: Sized, words: str) -> Callable[[], object]:
    caller = agent(sized)
    filters = TicketFilters(q=words)

    def find() -> None:
        installation.use(sized.database)
        unit_of_work.as_actor(caller, list_tickets, filters)

    return find
