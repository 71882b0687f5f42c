"""`ticketdesk token`: an API key."""

from enum import StrEnum
from typing import Annotated

import typer

from ticketdesk.cli.connect import services


class Scope(StrEnum):
    """What a key may do."""

    READ = "read"
    WRITE = "write"
    INBOUND = "inbound"
    ADMIN = "admin"


def token(
    organization: Annotated[str, typer.Argument(help="Its short name or id.")] = "",
    name: Annotated[str, typer.Option(help="What the key is for.")] = "Command line",
    scope: Annotated[
        list[Scope] | None, typer.Option(help="May be given more than once; write when left out.")
    ] = None,
    metrics: Annotated[
        bool, typer.Option("--metrics", help="Print the token of /metrics instead.")
    ] = False,
) -> None:
    """Make an API key and print it, this once; it is stored as a hash. Revoke it in the app.

    Example: ticketdesk token acme --name "Mail gateway" --scope inbound
    """
    if metrics:
        from ticketdesk.api.health import metrics_token

        typer.echo(metrics_token())
        return
    if not organization:
        raise typer.BadParameter("name the organization", param_hint="ORGANIZATION")
    with services():
        from ticketdesk import unit_of_work
        from ticketdesk.services import api_keys, organizations

        made = unit_of_work.as_system(
            unit_of_work.across(organizations.find_id, organization),
            api_keys.create,
            name=name,
            scopes=[word.value for word in scope or [Scope.WRITE]],
        )
        typer.echo(made.token)
