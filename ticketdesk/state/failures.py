"""What a person sees when a handler fails: a sentence of ours, never the text of a fault."""

import logging
import secrets
from typing import cast

from reflex.event import EventSpec

from ticketdesk.errors import TicketDeskError, TooMany, Unauthenticated
from ticketdesk.state.shell import ShellState
from ticketdesk.state.toasts import ToastState

log = logging.getLogger(__name__)


def explain(exception: Exception) -> EventSpec:
    """Turn an error into an event for the page.

    Args:
        exception: what a handler raised.

    Returns:
        The way to the login for an ended session, else a message. A fault is logged under a short
        reference, and only the reference is shown.
    """
    match exception:
        case Unauthenticated():
            return cast(EventSpec, ShellState.end())
        case TooMany(retry_after=seconds):
            return _message(f"That was a bit fast. Try again in {seconds} seconds.")
        case TicketDeskError():
            return _message(exception.message)
    reference = secrets.token_hex(4)
    log.error("handler failed, reference %s", reference, exc_info=exception)
    return _message(
        f"Something went wrong on our side. Try again; if it stays, tell your admin “{reference}”."
    )


def _message(sentence: str) -> EventSpec:
    return cast(EventSpec, ToastState.show(sentence, "error"))


def report(exception: Exception) -> None:
    """Log what the browser reports about itself; anybody may report anything, so only its start."""
    log.warning("browser: %.2000s", exception)
