"""From a websocket to whoever sits behind it."""

import hashlib
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import reflex as rx
from sqlmodel import Session

from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.unit_of_work import Credential

COOKIE = "ticketdesk_session"

P = ParamSpec("P")
T = TypeVar("T")


def session_token(state: rx.State) -> str | None:
    """Return the session cookie that came with the websocket's handshake.

    It is read at connect, so a new sign-in needs a new page load, which the login is.
    """
    for part in state.router.headers.cookie.split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE and value:
            return value
    return None


def owner_digest(state: rx.State) -> str:
    """Return a short digest of the session, to notice that another person sits at the page now."""
    return hashlib.sha256((session_token(state) or "").encode()).hexdigest()[:16]


async def call(
    state: rx.State,
    service: Callable[Concatenate[Session, Actor, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a service as the person behind `state`: the one way from a screen to the data.

    Raises:
        TicketDeskError: whatever the service refuses.
    """
    credential = Credential(session_token=session_token(state))
    return await unit_of_work.acall(credential, service, *args, **kwargs)
