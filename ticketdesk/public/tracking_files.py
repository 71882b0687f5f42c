"""Files of a tracked ticket: a signed address that expires, for whoever has the link."""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ticketdesk import unit_of_work
from ticketdesk.errors import NotFound
from ticketdesk.public import tracking_page
from ticketdesk.public.embed_form import look_of
from ticketdesk.public.tracking_door import found_by
from ticketdesk.services.embed import tracking


async def show(request: Request) -> Response:
    """Lead to a file of the ticket's public side; what is not part of it is not there."""
    found = await found_by(request)
    if isinstance(found, Response):
        return found
    organization_id, ticket_id = found
    file_id = request.path_params["file_id"]
    try:
        url = await asyncio.to_thread(
            unit_of_work.as_anonymous,
            organization_id,
            tracking.file_url,
            ticket_id,
            file_id,
            is_shown="shown" in request.query_params,
        )
    except NotFound:
        return tracking_page.lost(look_of(request, request.query_params), is_missing=True)
    return RedirectResponse(url, status_code=302, headers={"Cache-Control": "no-store"})
