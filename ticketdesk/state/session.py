"""From a websocket to whoever sits behind it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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
    return session_in(state.router.headers.cookie)


def session_in(cookies: str) -> str | None:
    """Return the session token in a Cookie header; None where there is none."""
    for part in cookies.split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE and value:
            return value
    return None


_rehearsing: ContextVar[bool] = ContextVar("rehearsing", default=False)


@contextmanager
def rehearsing() -> Iterator[None]:
    """Let every `call` of this block check everything and keep nothing."""
    token = _rehearsing.set(True)
    try:
        yield
    finally:
        _rehearsing.reset(token)


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
    run = unit_of_work.arehearse if _rehearsing.get() else unit_of_work.acall
    return await run(credential, service, *args, **kwargs)
