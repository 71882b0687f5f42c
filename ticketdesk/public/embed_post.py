"""The plain post of the form, by browsers without scripts: the same rules, limits and verb."""

import hashlib
import json
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ticketdesk import unit_of_work
from ticketdesk.api.embed import door, room, uploads
from ticketdesk.api.embed.router import credential_of, sender_of
from ticketdesk.errors import Forbidden, Invalid, TicketDeskError, TooMany
from ticketdesk.public import embed_page
from ticketdesk.public.embed_form import (
    PATH,
    branded,
    closed_page,
    form_of,
    frames_of,
    look_of,
    missing,
)
from ticketdesk.public.embed_page import Filled, Look
from ticketdesk.services.embed import proof, sites, submission
from ticketdesk.services.embed.commands import SubmitTicket
from ticketdesk.services.embed.fields import CUSTOM
from ticketdesk.services.embed.form_config import PublicForm
from ticketdesk.services.embed.sentences import say
from ticketdesk.services.embed.submission import Arrival
from ticketdesk.web.client_address import client_address

_MOST_FIELDS = 300


async def submit(request: Request) -> Response:
    """Take the plain post of a browser without scripts and lead on to the confirmation."""
    async with request.form(max_files=50, max_fields=_MOST_FIELDS) as data:
        look = look_of(request, data)
        form = await form_of(str(data.get("organizationId", "")), look)
        if form is None:
            return missing(look)
        look = branded(look, form)
        if closed := await closed_page(request, form, look):
            return closed
        try:
            with room.room():
                ticket = await _take(request, form, data, look)
        except TicketDeskError as error:
            return _again(form, look, data, error)
    reference = ticket["trackingUrl"].rsplit("/", 1)[1]
    query = {
        "organizationId": form.config.organization_id,
        "locale": look.language,
        "theme": look.theme,
        "sent": reference,
    }
    return RedirectResponse(f"{PATH}?{urlencode(query)}", status_code=303)


async def _take(request: Request, form: PublicForm, data: FormData, look: Look) -> dict[str, Any]:
    origin = request.headers.get("origin")
    foreign = origin and origin != "null" and not door.is_own(request, origin)
    if foreign and not sites.allows(form.sites, origin or ""):
        raise Forbidden(say(look.language, "siteRefused"))
    files = [
        file for file in data.getlist("file") if isinstance(file, UploadFile) and file.filename
    ]
    command = _command(form, data)
    submission.check(form, command, look.language)
    if len(files) > form.config.uploads.max_files:
        message = say(look.language, "files.tooMany", count=form.config.uploads.max_files)
        raise Invalid(message, fields={"file": message})
    address = client_address(request)
    arrival = Arrival(
        address=address,
        user_agent=request.headers.get("user-agent", ""),
        language=look.language,
    )
    sender = await room.run(sender_of, form, credential_of(request))
    submission.require_sender(form, sender)
    await room.run(submission.admit, form, command, address)
    await room.run(proof.require, form, None, address)
    handles = [await uploads.store(form, file, address) for file in files]
    key = _key(command, files)
    command = command.model_copy(update={"attachment_ids": handles})
    return await room.run(
        unit_of_work.as_actor, sender, submission.submit, command, arrival, key=key
    )


def _command(form: PublicForm, data: FormData) -> SubmitTicket:
    """The post's fields as the API's body would have them."""
    body: dict[str, Any] = {"organizationId": form.config.organization_id}
    custom: dict[str, Any] = {}
    for field in form.config.fields:
        given = [str(one) for one in data.getlist(field.name)]
        if field.type == "multiselect":
            value: Any = given
        elif field.type == "checkbox":
            value = bool(given)
        else:
            value = given[0] if given else ""
        if value in ("", [], False):
            continue
        if field.name.startswith(CUSTOM):
            custom[field.name.removeprefix(CUSTOM)] = value
        else:
            body[field.name] = value
    if data.get("website"):
        body["website"] = str(data["website"])[:500]
    return SubmitTicket.parse(body | {"customFields": custom})


def _key(command: SubmitTicket, files: list[UploadFile]) -> str:
    """A plain form has no script to mark a repeat: the same content within a day is one."""
    parts = [command.model_dump_json(), *(f"{file.filename}:{file.size}" for file in files)]
    return "plain-" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _again(form: PublicForm, look: Look, data: FormData, error: TicketDeskError) -> Response:
    """Show the form as it was filled, with what is wrong."""
    message = error.message
    if error.code == proof.REQUIRED and not isinstance(error, TooMany):
        message = say(look.language, "needsScript")
    elif isinstance(error, TooMany):
        minutes = max(1, round(error.retry_after / 60))
        message = say(look.language, "tooManyPlain", minutes=minutes)
    answers: dict[str, Any] = {}
    for field in form.config.fields:
        given = [str(one) for one in data.getlist(field.name)]
        answers[field.name] = given if field.type == "multiselect" else "".join(given[:1])
    page = embed_page.form(
        form.config,
        look,
        frames=frames_of(form),
        filled=Filled(answers=answers, problems=error.fields, problem=message),
        status=error.status,
    )
    if isinstance(error, TooMany):
        page.headers["Retry-After"] = str(error.retry_after)
    return page
