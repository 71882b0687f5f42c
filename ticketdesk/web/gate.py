"""Who may see the staff app's shell. Manners, not security: every handler checks for itself."""

import asyncio

from starlette.requests import Request

from ticketdesk import unit_of_work
from ticketdesk.errors import TicketDeskError
from ticketdesk.unit_of_work import Credential

COOKIE = "ticketdesk_session"


async def is_signed_in(request: Request) -> bool:
    """Whether the request carries the cookie of a live session."""
    token = request.cookies.get(COOKIE)
    if not token:
        return False
    try:
        await asyncio.to_thread(unit_of_work.resolve, Credential(session_token=token))
    except TicketDeskError:
        return False
    return True
