"""The `ticketdesk` command: one small module per subcommand."""

import sys

import typer

from ticketdesk.cli import (
    build,
    cron,
    dev,
    doctor,
    export,
    files,
    import_,
    init,
    migrate,
    run,
    seed,
    token,
    user,
    web,
    worker,
)
from ticketdesk.errors import TicketDeskError
from ticketdesk.runtime.errors import StartError
from ticketdesk.settings import SettingsError

app = typer.Typer(
    help="TicketDesk, a self-hosted support desk. Settings come from the environment and .env.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    # Their boxes show local variables, passwords included.
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("web")(web.web)
app.command("worker")(worker.worker)
app.command("cron")(cron.cron)
app.command("migrate")(migrate.migrate)
app.command("seed")(seed.seed)
app.command("init")(init.init)
app.command("token")(token.token)
app.add_typer(user.app, name="user")
app.add_typer(files.app, name="files")
app.command("export")(export.export)
app.command("import")(import_.import_)
app.command("doctor")(doctor.doctor)
app.command("dev", hidden=True)(dev.dev)
app.command("build", hidden=True)(build.build)
app.command("compile", hidden=True)(build.compile_pages)


def main() -> None:
    """Run the command line; a foreseen failure is one line on standard error and exit code 1."""
    try:
        app()
    except (SettingsError, StartError, TicketDeskError) as error:
        sys.stderr.write(f"ticketdesk: {error}\n")
        for name, problem in getattr(error, "fields", {}).items():
            if problem not in str(error):
                sys.stderr.write(f"  {name}: {problem}\n")
        raise SystemExit(1) from None
    except OSError as error:
        # A full disk or a closed folder, wherever it struck.
        place = f" {error.filename}" if error.filename else ""
        sys.stderr.write(f"ticketdesk:{place} {error.strerror or error}\n")
        raise SystemExit(1) from None
