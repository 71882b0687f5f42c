"""Draws the portal's pages; all of them work without a script."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from ticketdesk.models.enums import TicketStatus
from ticketdesk.models.status import ENDED
from ticketdesk.models.ticket_settings import EmbedSettings
from ticketdesk.public.embed_page import Look, in_units, render
from ticketdesk.public.tracking_page import moment
from ticketdesk.services import status_words
from ticketdesk.services.embed.fields import FormField, category_in
from ticketdesk.services.embed.form_config import PublicForm
from ticketdesk.services.embed.sentences import say
from ticketdesk.services.embed.tracking import TrackedTicket
from ticketdesk.services.paging import Page
from ticketdesk.services.portal.tickets import Customer, OwnTicket, Shown


@dataclass(frozen=True, slots=True)
class Place:
    """Whose portal it is, how it looks, and who is signed in."""

    look: Look
    form: PublicForm | None = None
    customer: Customer | None = None

    def say(self, key: str, **filling: object) -> str:
        """Return a sentence in the visitor's language."""
        return say(self.look.language, key, **filling)


def draw(place: Place, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Render one page of the portal."""
    form = place.form.config if place.form else None
    look = replace(place.look, color=form.branding.color) if form else place.look
    page = render(
        template,
        look,
        entry="portal",
        status=status,
        organization=form.organization_name if form else "",
        logo_url=form.branding.logo_url if form else None,
        customer=place.customer,
        **context,
    )
    page.headers["Cache-Control"] = "no-store"
    # Without a referrer browsers send no Origin either, and the forms here are checked by it.
    page.headers["Referrer-Policy"] = "same-origin"
    return page


def door(
    place: Place,
    *,
    asked: str,
    following: str,
    email: str = "",
    sent: bool = False,
    problem: str = "",
    with_password: bool = False,
    status: int = 200,
) -> HTMLResponse:
    """Draw the page on which customers ask for a link or enter their password."""
    return draw(
        place, "portal_sign_in.html", status=status, title=place.say("portal.signInTitle"),
        asked=asked, next=following, email=email, sent=sent, problem=problem,
        with_password=with_password,
    )  # fmt: skip


def says(
    place: Place, title: str, text: str, link: str, label: str, *, status: int = 200
) -> HTMLResponse:
    """Draw a page that only says something and leads on."""
    return draw(
        place, "portal_says.html", status=status, title=title, text=text, link=link, label=label,
        is_problem=status >= 400,
    )  # fmt: skip


def own_tickets(place: Place, page: Page[OwnTicket], shown: Shown, words: str) -> HTMLResponse:
    """Draw the list."""

    def address(one: str, cursor: str = "") -> str:
        query = {"show": str(one)} | ({"q": words} if words else {})
        return urlencode(query | ({"cursor": cursor} if cursor else {}))

    company = place.customer.company if place.customer else ""
    title = place.say("portal.company", company=company) if company else place.say("portal.title")
    return draw(
        place, "portal_list.html", title=title, page=page, shown=str(shown), words=words,
        choices=[str(one) for one in Shown], address=address, **_words(place),
    )  # fmt: skip


def ticket(
    place: Place,
    tracked: TrackedTicket,
    path: str,
    *,
    done: str = "",
    content: str = "",
    problem: str = "",
    status: int = 200,
) -> HTMLResponse:
    """Draw one ticket with its thread and the answer's form."""
    own = place.form.settings.embed_config if place.form else EmbedSettings()
    return draw(
        place, "portal_ticket.html", status=status,
        title=place.say("track.title", number=tracked.ticket_number), ticket=tracked, path=path,
        category=category_in(own, tracked.category, place.look.language),
        done=done, content=content, problem=problem, **_uploads(place), **_words(place),
    )  # fmt: skip


def new_ticket(
    place: Place,
    fields: list[FormField],
    *,
    answers: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> HTMLResponse:
    """Draw the form of a new ticket, empty or as it was filled."""
    return draw(
        place, "portal_new.html", status=status, title=place.say("portal.new"), fields=fields,
        answers=answers or {}, problems=problems or {}, problem=problem, **_uploads(place),
    )  # fmt: skip


def _uploads(place: Place) -> dict[str, Any]:
    return {"uploads": place.form.config.uploads if place.form else None, "units": in_units}


def _words(place: Place) -> dict[str, Any]:
    def status_in_words(status: TicketStatus) -> str:
        if place.form is None:
            return place.say(f"status.{status}")
        return status_words.for_customer(place.form.settings, status, place.look.language)

    def tone(status: TicketStatus) -> str:
        if status in ENDED:
            return "ended"
        return "waiting" if status is TicketStatus.WAITING_ON_CUSTOMER else ""

    return {"in_words": status_in_words, "tone": tone, "moment": moment}
