"""`ticketdesk export`: an organization as a file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ticketdesk.cli.connect import services


def export(
    organization: Annotated[str, typer.Argument(help="Its short name or id.")],
    file: Annotated[
        Path | None, typer.Argument(help="Where to; standard output when left out.")
    ] = None,
) -> None:
    """Write an organization, with everything it owns, as JSON lines; secrets stay behind.

    Example: ticketdesk export acme acme.jsonl
    """
    with services():
        from ticketdesk import db, unit_of_work
        from ticketdesk.services import organizations
        from ticketdesk.services.archive import export as archive

        organization_id = unit_of_work.across(organizations.find_id, organization)
        with db.system_session() as session:
            rows = archive.lines(session, organization_id)
            if file is None:
                sys.stdout.writelines(rows)
                return
            # Complete or not there: a full disk must not leave half an archive under its name.
            fresh = file.with_name(f".{file.name}.part")
            try:
                with fresh.open("w", encoding="utf-8") as out:
                    out.writelines(rows)
                fresh.replace(file)
            finally:
                fresh.unlink(missing_ok=True)
        typer.echo(f"{organization} is in {file}.", err=True)
