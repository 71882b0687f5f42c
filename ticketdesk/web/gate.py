"""Who may see the staff app's shell. Manners, not security: every handler checks for itself."""

import asyncio

from starlette.requests import Request

from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.errors import TicketDeskError
from ticketdesk.unit_of_work import Credential

COOKIE = "ticketdesk_session"


async def is_signed_in(request: Request) -> bool:
    """Whether the request carries the cookie of a live session."""
    return await who(request) is not None


async def is_staff(request: Request) -> bool:
    """Whether it is somebody who works at the desk; a customer has the portal."""
    actor = await who(request)
    return actor is not None and actor.is_staff


async def who(request: Request) -> Actor | None:
    """Return whose cookie the request carries; None without one of a live session."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    try:
        return await asyncio.to_thread(unit_of_work.resolve, Credential(session_token=token))
    except TicketDeskError:
        return None
