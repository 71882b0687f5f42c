"""`ticketdesk import`: an exported organization."""

from pathlib import Path
from typing import Annotated

import typer

from ticketdesk.cli.connect import services


def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The archive.")],
    slug: Annotated[
        str | None,
        typer.Option(help="Another short name, where somebody else here has the archive's."),
    ] = None,
) -> None:
    """Read an exported organization in: all of it or nothing. Migrates first if needed.

    Nobody has a password here yet; give one with: ticketdesk user

    Example: ticketdesk import acme.jsonl
    """
    with services():
        from ticketdesk import migrations, unit_of_work
        from ticketdesk.services.archive import import_ as archive

        migrations.migrate()
        with file.open(encoding="utf-8") as lines:
            counts = unit_of_work.across(archive.load, lines, slug=slug)
        for table, count in counts.items():
            typer.echo(f"{table:<24} {count:>9}")
