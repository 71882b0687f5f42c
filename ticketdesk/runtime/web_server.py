"""The web process: granian in front of the one ASGI application."""

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from ticketdesk.settings import Settings

TARGET = "ticketdesk.web.asgi:app"
_STOP_WITHIN = 5
"""Whole seconds that open websockets and event streams get to close."""


def serve(chosen: Settings) -> None:
    """Serve until SIGINT or SIGTERM.

    With several workers a dead one is replaced beside the others; a single one takes the process
    with it, and the supervisor replaces both without granian's waiting time.
    """
    Granian(
        TARGET,
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGI,
        workers=chosen.web_workers,
        respawn_failed_workers=chosen.web_workers > 1,
        respawn_interval=0.5,
        workers_kill_timeout=_STOP_WITHIN,
        http1_settings=HTTP1Settings(header_read_timeout=15_000, keep_alive=True),
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()
