"""`ticketdesk dev`: the desk while it is being written."""

from ticketdesk import logs
from ticketdesk.runtime import develop
from ticketdesk.runtime.steps import Steps
from ticketdesk.settings import environment, load


def dev() -> None:
    """Run everything with hot reload, on the demo.

    Example: PORT=8080 ticketdesk dev
    """
    chosen = load(environment(), demo=True)
    logs.configure(chosen)
    develop.run(chosen, Steps())
