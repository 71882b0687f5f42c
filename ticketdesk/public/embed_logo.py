"""`/embed/logo/{id}.png`: an organization's logo, for mails and public pages."""

import asyncio
import re

from starlette.requests import Request
from starlette.responses import Response

from ticketdesk import unit_of_work
from ticketdesk.services.desk import settings_logo
from ticketdesk.web.etag import is_known

_ID = re.compile(r"logo_[0-9a-f]{32}")


async def show(request: Request) -> Response:
    """Answer with the picture; its name never stands for another one, so it is kept for ever."""
    logo_id = request.path_params["logo_id"]
    picture = None
    if _ID.fullmatch(logo_id):
        picture = await asyncio.to_thread(unit_of_work.across, settings_logo.find, logo_id)
    if picture is None:
        return Response("Not found", status_code=404, media_type="text/plain")
    etag = f'"{logo_id}"'
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Disposition": "inline",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "ETag": etag,
        "X-Content-Type-Options": "nosniff",
    }
    if is_known(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(picture, media_type="image/png", headers=headers)
