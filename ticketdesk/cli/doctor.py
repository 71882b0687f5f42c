"""`ticketdesk doctor`: is this installation well?"""

import typer

from ticketdesk.cli.connect import services
from ticketdesk.settings import Settings


def doctor() -> None:
    """Check settings, database, schema, tenant isolation, Redis, storage, workers and clocks.

    Exits with 1 where something is wrong, and says what to do.

    Example: ticketdesk doctor
    """
    with services(as_it_is=True) as chosen:
        from ticketdesk.services import doctor as practice

        typer.echo(f"✓ {'settings':<20} {_settings_in_words(chosen)}")
        found = practice.examine()
        for check in found:
            typer.echo(f"{'✓' if check.ok else '✗'} {check.name:<20} {check.detail}")
    if not all(check.ok for check in found):
        raise typer.Exit(1)


def _settings_in_words(chosen: Settings) -> str:
    database = "embedded" if chosen.embedded_database else "external"
    redis = "embedded" if chosen.embedded_redis else "external"
    return f"{chosen.base_url}, database {database}, Redis {redis}, data in {chosen.data_dir}"
