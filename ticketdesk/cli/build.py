"""`ticketdesk build`: the browser's side."""

import typer

from ticketdesk.runtime.frontend import build_all


def build() -> None:
    """Build the staff app and the widget where their sources changed since the last build.

    Example: ticketdesk build
    """
    for name, built in build_all().items():
        typer.echo(f"{name}: {'built' if built else 'unchanged'}")
