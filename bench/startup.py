"""From `ticketdesk run --demo` to the desk that answers: on an empty data dir, and again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

from bench.installation import Installation
from bench.results import Result, at_most
from ticketdesk.runtime.ports import free_port

_ROOT = Path(__file__).parents[1]
_READY = "TicketDesk is ready"


def run(installation: Installation) -> Iterable[Result]:
    """Start twice on the same data dir; the browser's side is built before."""
    folder = installation.folder / "startup"
    with started(folder) as (_, first):
        pass
    with started(folder) as (_, second):
        pass
    yield Result("first start: new cluster, schema, demo", first, "s")
    yield at_most("second start, nothing changed", second, 10, "s")


@contextmanager
def started(folder: Path, **settings: str):
    """Run the whole desk; gives its address and the seconds it took, and stops it afterwards."""
    port = free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL") and not name.startswith("TICKETDESK_")
    }
    environment |= {"PORT": str(port), "TICKETDESK_DATA_DIR": str(folder)} | settings
    folder.mkdir(parents=True, exist_ok=True)
    # A file, not a pipe: a pipe that nobody empties would stop the desk at its next log line.
    said = folder.with_suffix(".log")
    began = perf_counter()
    with said.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ticketdesk", "run", "--demo"],
            cwd=_ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        while _READY not in said.read_text(encoding="utf-8", errors="replace"):
            if process.poll() is not None:
                raise RuntimeError(f"The desk did not start:\n{said.read_text(encoding='utf-8')}")
            sleep(0.05)
        yield f"http://localhost:{port}", perf_counter() - began
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
