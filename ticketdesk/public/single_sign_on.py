"""`/login/sso/{organization}`: to the organization's provider and back."""

import asyncio
import json
import secrets
import time
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ticketdesk import unit_of_work
from ticketdesk.adapters.oidc.provider import SignOnFailed, authorization_url, identify
from ticketdesk.errors import TicketDeskError, Unavailable
from ticketdesk.public.own_path import own_path
from ticketdesk.public.rendering import page
from ticketdesk.public.session_cookie import lead_on
from ticketdesk.services import single_sign_on
from ticketdesk.services.embed import limits
from ticketdesk.services.sealing import seal, unseal
from ticketdesk.settings import settings
from ticketdesk.web.client_address import client_address

_COOKIE = "ticketdesk_sso"
_PATH = "/login/sso"
_LASTS = 600


async def choose(request: Request) -> Response:
    """Ask for the organization, or lead on to its provider."""
    slug = request.query_params.get("organization", "").strip().lower()[:100]
    if slug:
        wanted = own_path(request.query_params.get("next"))
        return RedirectResponse(f"{_PATH}/{quote(slug)}?next={quote(wanted)}", status_code=303)
    return page("sign_on.html")


async def go(request: Request) -> Response:
    """Send the browser to the provider; a sealed cookie of ten minutes proves its return."""
    slug = request.path_params["organization"][:100]
    errand = {
        "slug": slug,
        "state": secrets.token_urlsafe(24),
        "nonce": secrets.token_urlsafe(24),
        "verifier": secrets.token_urlsafe(48),
        "next": own_path(request.query_params.get("next")),
        "until": int(time.time()) + _LASTS,
    }
    try:
        # Whoever comes here makes us ask another host.
        sender = (limits.LOOK_UP_FROM, "sso-from", client_address(request))
        await asyncio.to_thread(limits.admit, sender)
        _, client = await asyncio.to_thread(unit_of_work.across, single_sign_on.client_of, slug)
        url = await asyncio.to_thread(
            authorization_url,
            client,
            state=errand["state"],
            nonce=errand["nonce"],
            verifier=errand["verifier"],
        )
    except TicketDeskError as error:
        return _failed(error.message, error.status)
    except SignOnFailed as error:
        return _failed(str(error), 502)
    answer = RedirectResponse(url, status_code=303)
    answer.set_cookie(
        _COOKIE,
        seal(json.dumps(errand)),
        max_age=_LASTS,
        path=_PATH,
        httponly=True,
        samesite="lax",
        secure=settings().secure_cookies,
    )
    return answer


async def back(request: Request) -> Response:
    """Check what the provider says and start the session."""
    errand = _errand(request)
    if errand is None:
        return _failed("This took too long, or began in another browser. Try again.", 400)
    if request.query_params.get("error"):
        return _failed("The provider did not let you through.", 403)
    try:
        organization_id, client = await asyncio.to_thread(
            unit_of_work.across, single_sign_on.client_of, errand["slug"]
        )
        # RFC 9207: a provider that says who it is must be the one we set out to.
        if request.query_params.get("iss", client.issuer).rstrip("/") != client.issuer:
            return _failed("The answer is another provider's.", 400)
        identity = await asyncio.to_thread(
            identify,
            client,
            code=request.query_params.get("code", "")[:4000],
            nonce=errand["nonce"],
            verifier=errand["verifier"],
        )
        signed_in = await asyncio.to_thread(
            unit_of_work.across,
            single_sign_on.sign_in,
            organization_id,
            identity,
            ip_address=client_address(request),
            user_agent=request.headers.get("user-agent", ""),
        )
    except TicketDeskError as error:
        return _failed(error.message, error.status)
    except SignOnFailed as error:
        return _failed(str(error), 502)
    answer = lead_on(errand["next"], signed_in)
    answer.delete_cookie(_COOKIE, path=_PATH, httponly=True, samesite="lax")
    return answer


def _errand(request: Request) -> dict | None:
    """Return what this browser set out with, if the provider's answer belongs to it."""
    try:
        errand = json.loads(unseal(request.cookies.get(_COOKIE, "")))
    except (Unavailable, ValueError):
        return None
    given = request.query_params.get("state", "")
    belongs = secrets.compare_digest(given.encode(), errand["state"].encode())
    same = request.path_params["organization"] == errand["slug"]
    return errand if belongs and same and errand["until"] > time.time() else None


def _failed(problem: str, status: int) -> Response:
    return page("sign_on_failed.html", status=status, problem=problem)


routes = [
    Route("/login/sso", choose, methods=["GET"]),
    Route("/login/sso/{organization}", go, methods=["GET"]),
    Route("/login/sso/{organization}/back", back, methods=["GET"]),
]
