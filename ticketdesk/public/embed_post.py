"""The plain post of the form, by browsers without scripts: the same rules, limits and verb."""

import asyncio
import hashlib
import json
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ticketdesk import unit_of_work
from ticketdesk.api.embed import door, receiving, room
from ticketdesk.api.embed.router import credential_of, sender_of
from ticketdesk.api.file_upload import Values
from ticketdesk.errors import Forbidden, NotFound, TicketDeskError, TooMany
from ticketdesk.public import embed_page
from ticketdesk.public.embed_form import (
    PATH,
    branded,
    closed_page,
    frames_of,
    look_of,
    missing,
)
from ticketdesk.public.embed_page import Filled, Look
from ticketdesk.services.embed import (
    file_refusals,
    form_config,
    pending_files,
    proof,
    sites,
    submission,
)
from ticketdesk.services.embed.commands import SubmitTicket
from ticketdesk.services.embed.fields import CUSTOM
from ticketdesk.services.embed.form_config import FormConfig, PublicForm
from ticketdesk.services.embed.sentences import say
from ticketdesk.services.embed.submission import Arrival
from ticketdesk.services.files.intake import Taken
from ticketdesk.services.files.uploads import Admission
from ticketdesk.web.client_address import client_address


async def submit(request: Request) -> Response:
    """Take the plain post of a browser without scripts and lead on to the confirmation."""
    post = _Post(request)
    try:
        post.values, taken = await receiving.receive(request, post.admit)
        if post.form is None:
            await asyncio.to_thread(post.judge)
        ticket = await post.make(taken)
    except TicketDeskError as error:
        return await post.refused(error)
    query = {
        "organizationId": post.config.organization_id,
        "locale": post.look.language,
        "theme": post.look.theme,
        "sent": ticket["trackingUrl"].rsplit("/", 1)[1],
    }
    return RedirectResponse(f"{PATH}?{urlencode(query)}", status_code=303)


class _Post:
    """One plain post: judged by its words before the first of its files is taken."""

    def __init__(self, request: Request) -> None:
        self.values: Values = []
        self.form: PublicForm | None = None
        self._request = request
        self._address = client_address(request)

    @property
    def look(self) -> Look:
        look = look_of(self._request, dict(self.values))
        return branded(look, self.form) if self.form else look

    @property
    def config(self) -> FormConfig:
        if self.form is None:
            raise NotFound("There is no such form.")
        return self.form.config

    def admit(self, values: Values) -> Admission:
        """Let the files in, if all in front of them is right."""
        self.values = values
        self.judge()
        most = self.config.uploads.max_files
        return receiving.admission(self.config.organization_id, self._address, most)

    def judge(self) -> None:
        """Check, count, prove: the same order as for the API."""
        language = self.look.language
        organization = dict(self.values).get("organizationId", "")[:100]
        if not organization.isprintable():
            raise NotFound("There is no such form.")
        form = self.form = unit_of_work.as_anonymous(organization, form_config.read, language)
        origin = self._request.headers.get("origin")
        foreign = origin and origin != "null" and not door.is_own(self._request, origin)
        if foreign and not sites.allows(form.sites, origin or ""):
            raise Forbidden(say(language, "siteRefused"))
        command = _command(form, self.values)
        submission.check(form, command, language)
        submission.require_sender(form, sender_of(form, credential_of(self._request)))
        submission.admit(form, command, self._address)
        proof.require(form, None, self._address)

    async def make(self, taken: list[Taken]) -> dict[str, Any]:
        """Make the ticket, once, however often the same content is sent."""
        if self.form is None:
            raise NotFound("There is no such form.")
        try:
            command = _command(self.form, self.values)
            key = _key(command, taken, self._address)
            with room.room():
                return await room.run(self._make, self.form, command, taken, key)
        finally:
            await receiving.discard(taken)

    def _make(
        self, form: PublicForm, command: SubmitTicket, taken: list[Taken], key: str
    ) -> dict[str, Any]:
        organization_id = form.config.organization_id
        handles = unit_of_work.as_anonymous(organization_id, pending_files.keep, taken)
        command = submission.asked_only(form, command)
        command = command.model_copy(update={"attachment_ids": handles})
        arrival = Arrival(
            address=self._address,
            user_agent=self._request.headers.get("user-agent", ""),
            language=form.config.language,
        )
        sender = sender_of(form, credential_of(self._request))
        return unit_of_work.as_actor(sender, submission.submit, command, arrival, key=key)

    async def refused(self, error: TicketDeskError) -> Response:
        """Show the form as it was filled, with what is wrong; or what stands in its place."""
        look = self.look
        if self.form is None:
            return missing(look)
        if closed := await closed_page(self._request, self.form, look):
            return closed
        return _again(self.form, look, self.values, file_refusals.spoken(error, look.language))


def _command(form: PublicForm, values: Values) -> SubmitTicket:
    """The post's fields as the API's body would have them."""
    body: dict[str, Any] = {"organizationId": form.config.organization_id}
    custom: dict[str, Any] = {}
    for field in form.config.fields:
        given = _all(values, field.name)
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
    if bait := "".join(_all(values, "website")):
        body["website"] = bait[:500]
    return SubmitTicket.parse(body | {"customFields": custom})


def _all(values: Values, name: str) -> list[str]:
    return [value for one, value in values if one == name]


def _key(command: SubmitTicket, taken: list[Taken], address: str) -> str:
    """A plain form has no script to mark a repeat: the same content within a day is one.

    From one address: who guesses what somebody else wrote must not be led to their ticket.
    """
    parts = [
        address,
        command.model_dump_json(),
        *(f"{one.name}:{one.stored.sha256}" for one in taken),
    ]
    return "plain-" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _again(form: PublicForm, look: Look, values: Values, error: TicketDeskError) -> Response:
    message = error.message
    if error.code == proof.REQUIRED and not isinstance(error, TooMany):
        message = say(look.language, "needsScript")
    elif isinstance(error, TooMany):
        minutes = max(1, round(error.retry_after / 60))
        message = say(look.language, "tooManyPlain", minutes=minutes)
    answers: dict[str, Any] = {}
    for field in form.config.fields:
        given = _all(values, field.name)
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
