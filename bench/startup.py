"""From `ticketdesk run --demo` to the desk that answers: on an empty data dir, and again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

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
    began = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "ticketdesk", "run", "--demo"],
        cwd=_ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = []
        for line in process.stdout or ():
            said.append(line)
            if _READY in line:
                break
        else:
            raise RuntimeError("The desk did not start:\n" + "".join(said))
        yield f"http://localhost:{port}", perf_counter() - began
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
