"""`ticketdesk seed`: the demo."""

import typer

from ticketdesk.cli.connect import services


def seed() -> None:
    """Fill an empty installation with the demo: two organizations with known passwords.

    Where the demo is already there nothing changes.

    Example: ticketdesk seed
    """
    with services():
        from ticketdesk.runtime import demo_seed

        typer.echo("The demo is there." if demo_seed.seed() else "The demo was there already.")
