"""`ticketdesk files`: where attachments lie."""

from typing import Annotated

import typer

from ticketdesk.cli.connect import services

app = typer.Typer(
    help="""Attachments in their storage: compare with the database, move to another storage.

    Example: ticketdesk files check
    """,
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("check")
def check(
    remove: Annotated[
        bool, typer.Option("--remove", help="Delete stored bytes that no file refers to.")
    ] = False,
) -> None:
    """Compare the files in the database with the storage, both ways.

    Exits with 1 where a file's bytes are missing. Bytes younger than a day are never strays: an
    upload may be about to write their row.

    Example: ticketdesk files check --remove
    """
    with services():
        from ticketdesk import unit_of_work
        from ticketdesk.services.files import orphans

        found = unit_of_work.across(orphans.compare)
        typer.echo(f"{found.files} files, {len(found.missing)} without their bytes")
        for missing in found.missing:
            typer.echo(f"  missing {missing.attachment_id} {missing.key}")
        size = sum(stray.size for stray in found.strays)
        typer.echo(f"{len(found.strays)} stored entries without a file, {size} bytes")
        if remove:
            typer.echo(f"{unit_of_work.across(orphans.remove_strays)} entries deleted")
        if found.missing:
            raise typer.Exit(1)


@app.command("migrate")
def migrate(
    to: Annotated[str, typer.Option("--to", help="The new storage, as TICKETDESK_STORAGE_URL.")],
    source: Annotated[
        str | None, typer.Option("--from", help="The old one; the one in use when left out.")
    ] = None,
) -> None:
    """Copy every file to another storage and read each back to compare.

    May run while the desk is in use and be broken off and repeated: what is there already is
    compared and left alone. Run it, set TICKETDESK_STORAGE_URL to the new address, restart, and
    run it once more with --from the old address for what came in between.

    Example: ticketdesk files migrate --to 's3://bucket/desk?region=eu-central-1'
    """
    with services() as chosen:
        from ticketdesk import unit_of_work
        from ticketdesk.adapters.storage import open_storage
        from ticketdesk.services.files import migrating

        old, new = open_storage(source or chosen.storage_url), open_storage(to)
        new.check()
        counts = {"copied": 0, "present": 0, "failed": 0}

        def told(outcome: migrating.Outcome) -> None:
            counts[outcome.result] += 1
            if outcome.result == "failed":
                typer.echo(f"  failed {outcome.key}: {outcome.why}", err=True)

        failed = migrating.copy_all(unit_of_work.across(migrating.entries), old, new, told)
        typer.echo(f"{counts['copied']} copied, {counts['present']} there already, {failed} failed")
        if failed:
            raise typer.Exit(1)
