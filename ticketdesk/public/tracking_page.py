"""Draws the tracking page and what stands in for it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from starlette.responses import HTMLResponse

from ticketdesk.errors import TicketDeskError
from ticketdesk.public.embed_page import Look, in_units, render, script_json
from ticketdesk.services import status_words
from ticketdesk.services.embed.fields import category_in
from ticketdesk.services.embed.form_config import PublicForm
from ticketdesk.services.embed.sentences import say, sentences
from ticketdesk.services.embed.tracking import TrackedTicket

_CLIENT_SENTENCES = ("files.", "error.required", "track.new")


def ticket(
    look: Look,
    form: PublicForm,
    tracked: TrackedTicket,
    *,
    path: str,
    done: str = "",
    content: str = "",
    problem: TicketDeskError | None = None,
) -> HTMLResponse:
    """Render the public side of a ticket.

    Args:
        path: the page's own path, token included.
        done: which sentence of `track.…` to say on top, after something was done.
        content: what stood in the answer when it was refused.
        problem: why it was refused.
    """
    before, _, after = say(look.language, "track.opened").partition("{when}")
    page = render(
        "tracking.html",
        replace(look, color=form.config.branding.color),
        entry="track",
        status=problem.status if problem else 200,
        ticket=tracked,
        in_words=status_words.for_customer(form.settings, tracked.status, look.language),
        category=category_in(form.settings.embed_config, tracked.category, look.language),
        organization=form.config.organization_name,
        logo_url=form.config.branding.logo_url,
        opened=(before, tracked.wire()["createdAt"], after),
        moment=moment,
        units=in_units,
        uploads=form.config.uploads,
        path=path,
        done=done,
        content=content,
        problem=problem.message if problem else "",
        boot=_boot(look, form, path),
    )
    return _private(page)


def _boot(look: Look, form: PublicForm, path: str) -> Any:
    """What the page's script needs."""
    text = {
        key: sentence
        for key, sentence in sentences(look.language).items()
        if key.startswith(_CLIENT_SENTENCES)
    }
    return script_json({"path": path, "uploads": form.config.uploads.wire(), "text": text})


def lost(look: Look, *, sent: bool = False, is_missing: bool = False) -> HTMLResponse:
    """Render the form for a lost link; under an unknown address it is all there is, with 404."""
    status = 404 if is_missing else 200
    page = render(
        "lost_link.html", look, entry="track", status=status, sent=sent, missing=is_missing
    )
    return _private(page)


def _private(page: HTMLResponse) -> HTMLResponse:
    page.headers["Cache-Control"] = "no-store"
    page.headers["Referrer-Policy"] = "no-referrer"
    return page


def moment(text: str) -> str:
    """A moment for readers without scripts; with them the page says it in their own zone."""
    return datetime.fromisoformat(text).strftime("%Y-%m-%d %H:%M UTC")
