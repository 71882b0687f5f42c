"""Who stands at the portal, and whose portal it is."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.errors import Forbidden, NotFound, TicketDeskError, Unauthenticated
from ticketdesk.public import origin, portal_page
from ticketdesk.public.embed_form import look_of
from ticketdesk.public.portal_page import Place
from ticketdesk.services.embed import form_config, limits
from ticketdesk.services.portal import links, tickets
from ticketdesk.unit_of_work import Credential
from ticketdesk.web import gate
from ticketdesk.web.client_address import client_address

HOME = "/portal"


@dataclass(frozen=True, slots=True)
class Visit:
    """A customer who is signed in, and the portal they see."""

    actor: Actor
    place: Place

    async def run(self, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a service as the customer."""
        return await asyncio.to_thread(unit_of_work.as_actor, self.actor, service, *args, **kwargs)


async def entered(request: Request) -> Visit | Response:
    """Return the visit of whoever is signed in, or the page that stands in its place."""
    look = look_of(request, request.query_params)
    try:
        await admit(request)
        visit = await asyncio.to_thread(_visit, request.cookies.get(gate.COOKIE, ""), look)
    except Unauthenticated:
        return portal_page.door(
            await place_of(request),
            asked=request.query_params.get("organizationId", "")[:100],
            following=own_way(request.url.path),
        )
    except Forbidden:
        place = Place(look)
        return portal_page.says(
            place,
            place.say("portal.title"),
            place.say("portal.staff"),
            "/app/tickets",
            place.say("portal.desk"),
        )
    except TicketDeskError as error:
        return refused(Place(look), error)
    if request.method == "POST" and not origin.is_ours(request):
        return refused(visit.place, Forbidden(visit.place.say("portal.elsewhere")))
    return visit


def _visit(token: str, look: Any) -> Visit:
    if not token:
        raise Unauthenticated("Sign in first.")
    actor = unit_of_work.resolve(Credential(session_token=token))
    customer = unit_of_work.as_actor(actor, tickets.me)
    form = unit_of_work.as_actor(actor, form_config.read, look.language)
    return Visit(actor, Place(look, form, customer))


async def place_of(request: Request, asked: str = "") -> Place:
    """Return the portal of the organization that the address names, or one without a name."""
    look = look_of(request, request.query_params)
    reference = asked or request.query_params.get("organizationId", "")
    return await asyncio.to_thread(_place, reference[:100], look)


def _place(reference: str, look: Any) -> Place:
    found = unit_of_work.across(links.organization_named, reference)
    if found is None:
        return Place(look)
    return Place(look, unit_of_work.as_anonymous(found, form_config.read, look.language))


async def admit(request: Request) -> None:
    """Count an arrival.

    Raises:
        TooMany: too many from one address.
    """
    rules = limits.PORTAL_FROM if request.method == "POST" else limits.LOOK_UP_FROM
    await asyncio.to_thread(limits.admit, (rules, "portal-from", client_address(request)))


def refused(place: Place, error: TicketDeskError) -> Response:
    """Say what is wrong; what is missing looks the same whatever it is."""
    is_missing = isinstance(error, NotFound)
    title = place.say("missing.title" if is_missing else "portal.title")
    text = place.say("missing.text") if is_missing else error.message
    page = portal_page.says(
        place, title, text, HOME, place.say("portal.title"), status=error.status
    )
    if retry_after := getattr(error, "retry_after", None):
        page.headers["Retry-After"] = str(retry_after)
    return page


def own_way(path: str) -> str:
    """Return a path of the portal: a sign-in here leads nowhere else."""
    clean = path.startswith("/portal/tickets/") and path.isascii() and "//" not in path
    return path[:200] if clean else HOME


def lead(path: str) -> RedirectResponse:
    """Lead on after a post."""
    return RedirectResponse(path, status_code=303)


def without_customer(visit: Visit) -> Place:
    """Return the portal as it looks to somebody who has just left."""
    return replace(visit.place, customer=None)
