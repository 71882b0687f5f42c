"""`ticketdesk run`: everything on this machine."""

from typing import Annotated

import typer

from ticketdesk import logs
from ticketdesk.runtime import startup
from ticketdesk.runtime.steps import Steps
from ticketdesk.settings import environment, load


def run(
    demo: Annotated[
        bool,
        typer.Option(
            "--demo",
            help="Serve the demo on the embedded database, unless TICKETDESK_DEMO says no.",
        ),
    ] = False,
) -> None:
    """Run everything on this machine: database, Redis, web, workers and cron, until Ctrl-C.

    Servers are embedded unless DATABASE_URL or REDIS_URL name others.

    Example: PORT=8080 ticketdesk run
    """
    chosen = load(environment(), demo=demo)
    logs.configure(chosen)
    startup.run(chosen, Steps())
