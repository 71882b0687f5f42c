"""Whom an address of a tracking page lets in."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from ticketdesk import unit_of_work
from ticketdesk.errors import TicketDeskError
from ticketdesk.public import embed_page, tracking_page
from ticketdesk.public.embed_form import look_of
from ticketdesk.services.embed import limits, tracking_links
from ticketdesk.services.embed.sentences import say
from ticketdesk.web.client_address import client_address


async def found_by(request: Request) -> tuple[str, str] | Response:
    """Organization and ticket behind the address, or the page that says that nothing is there."""
    look = look_of(request, request.query_params)
    try:
        await asyncio.to_thread(
            limits.admit, (limits.LOOK_UP_FROM, "look-up-from", client_address(request))
        )
    except TicketDeskError as error:
        title = say(look.language, "missing.title")
        return embed_page.closed(look, title, error.message, frames="'none'", status=error.status)
    reference = request.path_params["reference"]
    found = await asyncio.to_thread(unit_of_work.across, tracking_links.find, reference)
    return found or tracking_page.lost(look, is_missing=True)
