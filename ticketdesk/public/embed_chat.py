"""`/embed/chat`: the customers' chat, in a frame or standing alone; no cookie, no websocket."""

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from ticketdesk.public import embed_page
from ticketdesk.public.embed_form import (
    PATH as FORM,
)
from ticketdesk.public.embed_form import (
    branded,
    closed_page,
    form_of,
    frames_of,
    look_of,
    missing,
)
from ticketdesk.public.embed_page import Look
from ticketdesk.services.chats import opening
from ticketdesk.services.chats.visitor.commands import LONGEST
from ticketdesk.services.chats.visitor.words import words
from ticketdesk.services.embed.form_config import PublicForm
from ticketdesk.services.embed.sentences import sentences

PATH = "/embed/chat"
_OF_THE_FORM = ("files.", "error.", "offline", "unreachable", "tryNow")


async def show(request: Request) -> Response:
    """Show the chat; where the organization has none, what is missing looks the same."""
    organization = request.query_params.get("organizationId", "")
    look = look_of(request, request.query_params)
    form = await form_of(organization, look)
    if form is None or not form.settings.chat.enabled:
        return missing(look)
    look = branded(look, form)
    if closed := await closed_page(request, form, look):
        return closed
    return _page(form, look, organization)


def _page(form: PublicForm, look: Look, organization: str) -> Response:
    said, away = words(look.language), opening.is_away(form.settings)
    form_url = f"{FORM}?{urlencode({'organizationId': organization, 'locale': look.language})}"
    return embed_page.render(
        "embed_chat.html",
        look,
        entry="chat",
        frames=frames_of(form),
        hosts=embed_page.captcha_hosts(form.config),
        form=form.config,
        form_url=form_url,
        word=said.__getitem__,
        greeting=form.settings.chat.greeting or said["greeting"],
        away=away,
        longest=LONGEST,
        boot=_boot(form, look, away=away),
    )


def _boot(form: PublicForm, look: Look, *, away: bool) -> Any:
    """Return what the script needs, as JSON that cannot end the element it stands in."""
    spoken = sentences(look.language)
    boot = {
        "organizationId": form.config.organization_id,
        "api": "/api/embed/chat",
        "uploadTo": "/api/embed/tickets/uploads",
        "form": FORM,
        "isAway": away,
        "requireEmail": form.config.require_email,
        "maxLength": LONGEST,
        "uploads": form.config.uploads.wire(),
        "captcha": form.config.captcha.wire(),
        "text": dict(words(look.language))
        | {key: text for key, text in spoken.items() if key.startswith(_OF_THE_FORM)},
    }
    return embed_page.script_json(boot)
