"""What every public route does first: find the form and see which site calls."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response

from ticketdesk import unit_of_work
from ticketdesk.api import failures
from ticketdesk.api.bodies import limited
from ticketdesk.api.embed import room
from ticketdesk.api.routing import PublicRoute
from ticketdesk.errors import Forbidden, Malformed, NotFound, TicketDeskError
from ticketdesk.services.embed import form_config, sites
from ticketdesk.services.embed.form_config import PublicForm
from ticketdesk.services.embed.sentences import choose, say
from ticketdesk.settings import settings
from ticketdesk.web.origins import allowed_origins

_HEADERS = "Content-Type, Idempotency-Key, Authorization, Last-Event-ID"
_SLOWEST_BODY = 15.0  # seconds for the few kilobytes of a submission


class DoorRoute(PublicRoute):
    """Lets the calling site read the answer, be it a refusal.

    A place in the room is taken once the body is there: who sends slowly waits outside.
    """

    holds_room = True

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the route's own handler."""
        handle = super().get_route_handler()

        async def run(request: Request) -> Response:
            try:
                if not self.holds_room:
                    response = await handle(request)
                else:
                    await _body_in_time(request)
                    with room.room():
                        response = await handle(request)
            except TicketDeskError as error:
                response = failures.answer(error)
            response.headers.update(getattr(request.state, "door_headers", {}))
            return response

        return run


class UploadRoute(DoorRoute):
    """Reads its body by itself, and has room of its own."""

    holds_room = False


async def _body_in_time(request: Request) -> None:
    if request.method != "POST":
        return
    try:
        async with asyncio.timeout(_SLOWEST_BODY):
            # Left where the framework looks for it.
            request._body = await limited(request)
    except TimeoutError as error:
        raise Malformed("The body did not come in time.") from error


def language_of(request: Request) -> str:
    """Return the language to answer in."""
    return choose(request.query_params.get("locale"), request.headers.get("accept-language"))


async def form_for(request: Request, organization: str) -> PublicForm:
    """Return the form of an organization, if the calling site may use it.

    Raises:
        NotFound: no such organization.
        Forbidden: the site is not one of the organization's.
    """
    return await room.run(form_now, request, organization)


def form_now(request: Request, organization: str) -> PublicForm:
    """Return the form as `form_for` does, in the thread of the caller."""
    language = language_of(request)
    if not organization.isprintable():  # the database could not even be asked
        raise NotFound("There is no such organization.")
    form = unit_of_work.as_anonymous(organization, form_config.read, language)
    origin = request.headers.get("origin")
    request.state.door_headers = {"Vary": "Origin, Accept-Language"}
    if origin is None or is_own(request, origin):
        return form
    if not sites.allows(form.sites, origin):
        raise Forbidden(say(form.config.language, "siteRefused"), code="site_not_allowed")
    request.state.door_headers |= {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "ETag, Retry-After",
    }
    return form


def is_own(request: Request, origin: str) -> bool:
    """Whether an origin is the installation's own, by its settings or by the address called."""
    called = f"{request.url.scheme}://{request.headers.get('host', '')}"
    return origin in allowed_origins(settings().base_url) or origin == called


def preflight(request: Request) -> Response:
    """Answer a browser's question before the real request, which then is checked by itself.

    A preflight does not say which organization it is for, and promises nothing about it.
    """
    return Response(
        status_code=204,
        headers={
            "Access-Control-Allow-Origin": request.headers.get("origin", "null"),
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": _HEADERS,
            "Access-Control-Max-Age": "600",
            "Vary": "Origin",
        },
    )
