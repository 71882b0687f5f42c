"""Signing in to the portal: by a link from a mail, or with a password."""

import asyncio
from contextlib import suppress

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from ticketdesk import unit_of_work
from ticketdesk.errors import (
    Forbidden,
    NotFound,
    TicketDeskError,
    TooMany,
    Unauthenticated,
)
from ticketdesk.models.enums import UserRole
from ticketdesk.public import origin, portal_page, second_step
from ticketdesk.public.portal_door import HOME, admit, lead, own_way, place_of, refused
from ticketdesk.public.portal_page import Place
from ticketdesk.public.session_cookie import lead_on
from ticketdesk.services import auth
from ticketdesk.services.auth import SignIn
from ticketdesk.services.embed import limits
from ticketdesk.services.portal import links
from ticketdesk.unit_of_work import Credential
from ticketdesk.web import gate
from ticketdesk.web.client_address import client_address


async def submit(request: Request) -> Response:
    """Promise a link, the same to everybody, or check the password."""
    data = await request.form(max_files=0, max_fields=10)
    email, asked = str(data.get("email", "")).strip()[:254], str(data.get("organizationId", ""))
    following, password = own_way(str(data.get("next", ""))), str(data.get("password", ""))
    place = await place_of(request, asked[:100])
    by_password = data.get("do") == "password"
    try:
        if not origin.is_ours(request):
            raise Forbidden(place.say("portal.elsewhere"))
        await admit(request)
        if by_password:
            return lead_on(following, await _with_password(request, place, email, password))
        await asyncio.to_thread(limits.admit, (limits.PORTAL_LINK_BY, "portal-link", email.lower()))
    except TicketDeskError as error:
        if error.code == "second_factor_required":
            return second_step.ask(str(error.details["challenge"]), following)
        return portal_page.door(
            place, asked=asked[:100], following=following, email=email, status=error.status,
            problem=_sentence(place, error), with_password=by_password,
        )  # fmt: skip
    page = portal_page.door(place, asked=asked[:100], following=following, sent=True)
    if "@" in email and email.isprintable():
        only = place.form.config.organization_id if place.form else None
        page.background = BackgroundTask(
            asyncio.to_thread, unit_of_work.across, links.send, email, only
        )
    return page


async def show_link(request: Request) -> Response:
    """Ask once: what reads mails before people do must not use the link up."""
    place = await place_of(request)
    return portal_page.draw(
        place,
        "portal_enter.html",
        title=place.say("portal.enterTitle"),
        token=request.path_params["token"][:200],
    )


async def use_link(request: Request) -> Response:
    """Sign in whoever holds the link."""
    place = await place_of(request)
    try:
        if not origin.is_ours(request):
            raise Forbidden(place.say("portal.elsewhere"))
        await admit(request)
        signed_in = await asyncio.to_thread(
            unit_of_work.across,
            links.sign_in,
            request.path_params["token"][:200],
            ip_address=client_address(request),
            user_agent=request.headers.get("user-agent", ""),
        )
    except NotFound as error:
        return portal_page.says(
            place, place.say("portal.signInTitle"), place.say("portal.linkOver"), HOME,
            place.say("portal.sendLink"), status=error.status,
        )  # fmt: skip
    except TicketDeskError as error:
        if error.code == "second_factor_required":
            return second_step.ask(str(error.details["challenge"]), HOME)
        return refused(place, error)
    return lead_on(HOME, signed_in)


async def sign_out(request: Request) -> Response:
    """End the session and forget the cookie."""
    if not origin.is_ours(request):
        place = await place_of(request)
        return refused(place, Forbidden(place.say("portal.elsewhere")))
    token = request.cookies.get(gate.COOKIE)
    if token:
        # One that had ended already is what was wanted.
        with suppress(Unauthenticated):
            credential = Credential(session_token=token)
            await asyncio.to_thread(unit_of_work.call, credential, auth.sign_out)
    answer = lead(HOME)
    answer.delete_cookie(gate.COOKIE, path="/", httponly=True, samesite="lax")
    return answer


async def _with_password(request: Request, place: Place, email: str, password: str) -> SignIn:
    """Check the password of a customer; a member of staff is not told apart from nobody."""
    organization = place.form.config.organization_id if place.form else None
    wrong = Unauthenticated(place.say("portal.wrong"), code="wrong_credentials")
    try:
        signed_in = await asyncio.to_thread(
            unit_of_work.across,
            auth.sign_in,
            email,
            password,
            organization=organization,
            ip_address=client_address(request),
            user_agent=request.headers.get("user-agent", ""),
        )
    except Unauthenticated as error:
        if error.code == wrong.code:
            raise wrong from error
        raise
    if signed_in.user.role != UserRole.CUSTOMER:
        credential = Credential(session_token=signed_in.token)
        await asyncio.to_thread(unit_of_work.call, credential, auth.sign_out)
        raise wrong
    return signed_in


def _sentence(place: Place, error: TicketDeskError) -> str:
    if isinstance(error, TooMany):
        return place.say("tooManyPlain", minutes=max(1, round(error.retry_after / 60)))
    return error.message
