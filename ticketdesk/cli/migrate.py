"""`ticketdesk migrate`: the database schema."""

import typer

from ticketdesk.cli.connect import services


def migrate() -> None:
    """Bring the database to this version's schema. Safe to repeat and to run from many machines.

    Example: DATABASE_URL=postgresql://owner:…@db/ticketdesk ticketdesk migrate
    """
    with services():
        from ticketdesk import migrations

        typer.echo(f"The database is at revision {migrations.migrate()}.")
