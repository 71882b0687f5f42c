"""`ticketdesk seed`: the demo."""

import typer

from ticketdesk.cli.connect import services


def seed() -> None:
    """Fill an empty installation with the demo: two organizations with known passwords.

    Where the demo is already there nothing changes.

    Example: ticketdesk seed
    """
    with services():
        from ticketdesk import migrations
        from ticketdesk.demo import seed as demo

        migrations.migrate()
        typer.echo("The demo is there." if demo.seed() else "The demo was there already.")
