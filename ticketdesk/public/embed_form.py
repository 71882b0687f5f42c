"""`/embed/tickets`: the public form, drawn whole by the server."""

import asyncio
import hashlib
import re
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from ticketdesk import unit_of_work
from ticketdesk.api.embed.router import sender_of
from ticketdesk.errors import NotFound, TicketDeskError
from ticketdesk.public import embed_page
from ticketdesk.public.embed_page import Look, Sent
from ticketdesk.services.embed import (
    form_config,
    limits,
    sentences,
    sites,
    tracking_links,
)
from ticketdesk.services.embed.form_config import PublicForm
from ticketdesk.services.embed.sentences import say
from ticketdesk.settings import settings
from ticketdesk.web.client_address import client_address
from ticketdesk.web.etag import is_known

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
PATH = "/embed/tickets"


async def show(request: Request) -> Response:
    """Show the form, or the confirmation of a ticket that was just sent without scripts."""
    organization = request.query_params.get("organizationId", "")
    look = look_of(request, request.query_params)
    preview = request.query_params.get("preview", "")
    form = await form_of(organization, look, preview)
    if form is None:
        return missing(look)
    look = branded(look, form)
    if preview:
        return embed_page.form(form.config, look, frames="'self'")
    if closed := await closed_page(request, form, look):
        return closed
    sent = await _sent(request)
    page = embed_page.form(form.config, look, frames=frames_of(form), sent=sent)
    if sent:
        # It holds a tracking link, which is for its sender alone.
        page.headers["Cache-Control"] = "no-store"
        return page
    return _unchanged(request, page)


async def form_of(organization: str, look: Look, preview: str = "") -> PublicForm | None:
    """Return the form of an organization, or None."""
    if not organization.isprintable():  # the database could not even be asked
        return None
    try:
        return await asyncio.to_thread(
            unit_of_work.as_anonymous,
            organization[:100],
            form_config.read,
            look.language,
            preview=preview,
        )
    except NotFound:
        return None


async def closed_page(request: Request, form: PublicForm, look: Look) -> Response | None:
    """The page in place of the form, where it is closed or only for people who are signed in."""
    title, frames = form.config.branding.title, frames_of(form)
    if not form.config.enabled:
        return embed_page.closed(look, title, say(look.language, "disabled"), frames=frames)
    if form.config.allow_anonymous:
        return None
    # The cookie of our own page, when the form stands alone; a frame on another site has none.
    token = request.cookies.get("ticketdesk_session")
    sender = await asyncio.to_thread(sender_of, form, unit_of_work.Credential(session_token=token))
    if sender.role is not None and sender.organization_id == form.config.organization_id:
        return None
    here = f"{PATH}?{urlencode({'organizationId': form.config.organization_id})}"
    link = {"url": f"/login?{urlencode({'next': here})}", "label": say(look.language, "signInLink")}
    text = say(look.language, "signIn")
    return embed_page.closed(look, title, text, frames=frames, link=link)


async def _sent(request: Request) -> Sent | None:
    """Return what was just sent; counted like every look at a tracking link."""
    if not (reference := request.query_params.get("sent", "")):
        return None
    try:
        who = client_address(request)
        await asyncio.to_thread(limits.admit, (limits.LOOK_UP_FROM, "look-up-from", who))
    except TicketDeskError:
        return None
    found = await asyncio.to_thread(unit_of_work.across, tracking_links.find, reference)
    if found is None:
        return None
    number = int(reference.partition("-")[0])
    return Sent(number=number, url=f"{settings().base_url}/track/{reference}")


def missing(look: Look) -> Response:
    """Say that there is nothing here, the same for whatever is not."""
    return embed_page.closed(
        look,
        say(look.language, "missing.title"),
        say(look.language, "missing.text"),
        frames="*",
        status=404,
    )


def look_of(request: Request, wishes: Any) -> Look:
    """Return language, theme and colour that a page asks for, by its query or its post."""
    theme = str(wishes.get("theme", "auto"))
    color = str(wishes.get("color", ""))
    wanted = str(wishes.get("locale", ""))[:20]
    return Look(
        language=sentences.choose(wanted, request.headers.get("accept-language")),
        theme=theme if theme in embed_page.THEMES else "auto",
        color=color if _COLOR.fullmatch(color) else "",
        framed="origin" in request.query_params,
    )


def branded(look: Look, form: PublicForm) -> Look:
    """Return the look in the colour the page asked for, or else the organization's."""
    color = look.color or form.config.branding.color
    return Look(language=look.language, theme=look.theme, color=color, framed=look.framed)


def frames_of(form: PublicForm) -> str:
    """Return who may frame the form: of a list in which nothing is a site, nobody else."""
    return embed_page.frame_ancestors(sites.sources(form.sites)) if form.sites else "*"


def _unchanged(request: Request, page: Response) -> Response:
    """Answer 304 where the browser has this very page; it is the same for everybody."""
    etag = f'"{hashlib.sha256(page.body).hexdigest()[:20]}"'
    page.headers["ETag"] = etag
    if not is_known(request.headers.get("if-none-match"), etag):
        return page
    kept = {name: page.headers[name] for name in ("ETag", "Cache-Control", "Vary")}
    return Response(
        status_code=304,
        headers=kept | {"Content-Security-Policy": page.headers["Content-Security-Policy"]},
    )
