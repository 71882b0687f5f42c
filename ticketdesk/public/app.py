"""The public pages as one application."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from ticketdesk import unit_of_work
from ticketdesk.public import (
    account,
    embed,
    portal,
    rating,
    rendering,
    second_step,
    sign_in,
    sign_out,
    single_sign_on,
    tracking,
)
from ticketdesk.public.embed_assets import LOADER
from ticketdesk.services.people import preferences
from ticketdesk.unit_of_work import Credential
from ticketdesk.web import gate

PREFIXES = (
    "/",
    "/login",
    "/logout",
    "/forgot",
    "/reset",
    "/invitation",
    "/public.css",
    "/public.js",
    "/embed",
    "/track",
    "/portal",
    "/rate",
    f"/{LOADER}",
)


async def home(request: Request) -> RedirectResponse:
    """Lead whoever comes to the bare address to their work, or to the door."""
    actor = await gate.who(request)
    path = "/login" if actor is None else "/portal"
    if actor is not None and actor.is_staff:
        credential = Credential(session_token=request.cookies.get(gate.COOKIE))
        path = await unit_of_work.acall(credential, preferences.start)
    return RedirectResponse(path, status_code=303)


public = Starlette(
    routes=[
        Route("/", home),
        Route("/login", sign_in.show, methods=["GET"]),
        Route("/login", sign_in.submit, methods=["POST"]),
        Route("/login/code", second_step.submit, methods=["POST"]),
        *account.routes,
        *single_sign_on.routes,
        Route("/logout", sign_out.show, methods=["GET"]),
        Route("/logout", sign_out.submit, methods=["POST"]),
        *(Route(f"/{name}", rendering.asset) for name in rendering.ASSETS),
        *embed.routes,
        *tracking.routes,
        *portal.routes,
        *rating.routes,
    ]
)
