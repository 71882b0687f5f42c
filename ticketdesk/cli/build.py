"""`ticketdesk build`: the browser's side."""

import typer

from ticketdesk.runtime.frontend import build_all


def build() -> None:
    """Build the staff app and the widget where their sources changed since the last build.

    Example: ticketdesk build
    """
    for name, built in build_all().items():
        typer.echo(f"{name}: {'built' if built else 'unchanged'}")


def compile_pages() -> None:
    """Compile the pages for `ticketdesk dev`."""
    from ticketdesk.web import hot_reload

    hot_reload.compile_pages()
