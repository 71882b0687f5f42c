"""Peak memory of a CSV export: a hundred thousand rows must cost no more than a thousand."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from bench.callers import agent
from bench.installation import Installation, Sized
from bench.results import Result, at_most

_MOST_ROWS = 100_000


def run(installation: Installation) -> Iterable[Result]:
    """Export from a process of its own, because only a fresh one has a peak of its own."""
    sizes = list(installation.sizes.values())
    small, large = _export(installation, sizes[0]), _export(installation, sizes[1])
    details = {"small": small, "large": large}
    grown = large["peakMb"] - small["peakMb"]
    yield Result("export, rows per second", large["rows"] / large["seconds"], "per s")
    yield Result(f"export of {large['rows']:,} rows, peak memory", large["peakMb"], "MB")
    yield at_most(f"more than for {small['rows']:,} rows", grown, 10, "MB", details)


def _export(installation: Installation, sized: Sized) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.export"],
        env=os.environ
        | {
            "DATABASE_URL": installation.address(sized.database),
            "BENCH_ORGANIZATION": json.dumps([sized.organization_id, sized.agent_id]),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def _child() -> None:
    """Write the CSV to nowhere and say what it took."""
    from time import perf_counter

    from ticketdesk import unit_of_work
    from ticketdesk.services.tickets.export import export_page, header
    from ticketdesk.services.tickets.filters import TicketFilters

    organization_id, agent_id = json.loads(os.environ["BENCH_ORGANIZATION"])
    caller = agent(Sized("", 0, organization_id, agent_id))
    cursor, rows, began = None, 0, perf_counter()
    with Path(os.devnull).open("w", encoding="utf-8") as file:
        file.write(header())
        while True:
            page = unit_of_work.as_actor(caller, export_page, TicketFilters(), cursor=cursor)
            file.write(page.text)
            rows += page.text.count("\r\n")
            cursor = page.next_cursor
            if cursor is None or rows >= _MOST_ROWS:
                break
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    taken = {"rows": rows, "peakMb": round(peak, 1), "seconds": perf_counter() - began}
    sys.stdout.write(json.dumps(taken))


if __name__ == "__main__":
    _child()
