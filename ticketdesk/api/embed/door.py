"""What every public route does first: find the form and see which site calls."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response

from ticketdesk import unit_of_work
from ticketdesk.api import failures
from ticketdesk.api.embed import room
from ticketdesk.api.routing import PublicRoute
from ticketdesk.errors import Forbidden, TicketDeskError
from ticketdesk.services.embed import form_config, sites
from ticketdesk.services.embed.form_config import PublicForm
from ticketdesk.services.embed.sentences import choose, say
from ticketdesk.settings import settings
from ticketdesk.web.origins import allowed_origins

_HEADERS = "Content-Type, Idempotency-Key"


class DoorRoute(PublicRoute):
    """Lets the calling site read the answer, be it a refusal."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the route's own handler."""
        handle = super().get_route_handler()

        async def run(request: Request) -> Response:
            try:
                with room.room():
                    response = await handle(request)
            except TicketDeskError as error:
                response = failures.answer(error)
            response.headers.update(getattr(request.state, "door_headers", {}))
            return response

        return run


def language_of(request: Request) -> str:
    """Return the language to answer in."""
    return choose(request.query_params.get("locale"), request.headers.get("accept-language"))


async def form_for(request: Request, organization: str) -> PublicForm:
    """Return the form of an organization, if the calling site may use it.

    Raises:
        NotFound: no such organization.
        Forbidden: the site is not one of the organization's.
    """
    form = await room.run(
        unit_of_work.as_anonymous, organization, form_config.read, language_of(request)
    )
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
