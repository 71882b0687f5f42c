"""`/logout`: the session ends on the server, the cookie goes."""

import asyncio
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ticketdesk import unit_of_work
from ticketdesk.errors import Unauthenticated
from ticketdesk.public import origin
from ticketdesk.public.rendering import page
from ticketdesk.services import auth
from ticketdesk.unit_of_work import Credential
from ticketdesk.web import gate


async def show(request: Request) -> Response:
    """Sign out whoever typed the address; ask whoever followed a link once.

    A link in a message or on another site must not sign anybody out, nor may a page that a browser
    loads before it is wanted.
    """
    if not await gate.is_signed_in(request):
        return RedirectResponse("/login", status_code=303)
    return await _end(request) if _is_typed(request) else page("logout.html")


def _is_typed(request: Request) -> bool:
    sent = request.headers
    return (
        sent.get("sec-fetch-site") == "none"
        and sent.get("sec-fetch-mode") == "navigate"
        and "sec-purpose" not in sent
    )


async def submit(request: Request) -> Response:
    """End the session and forget the cookie."""
    if not origin.is_ours(request):
        return page("logout.html", status=403)
    return await _end(request)


async def _end(request: Request) -> Response:
    token = request.cookies.get(gate.COOKIE)
    if token:
        # One that had ended already is what was wanted.
        with suppress(Unauthenticated):
            await asyncio.to_thread(
                unit_of_work.call, Credential(session_token=token), auth.sign_out
            )
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(gate.COOKIE, path="/", httponly=True, samesite="lax")
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer
