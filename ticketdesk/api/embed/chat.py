"""`/api/embed/chat/…`: the customer's side of a chat, by a signed token instead of an account."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request, Response
from starlette.responses import StreamingResponse

from ticketdesk import unit_of_work
from ticketdesk.api.answers import reading, shown, writing
from ticketdesk.api.embed import chat_stream, door, room
from ticketdesk.api.embed.router import Organization, credential_of, sender_of
from ticketdesk.errors import Invalid, NotFound, Unauthenticated
from ticketdesk.services.chats.visitor import limits, speaking
from ticketdesk.services.chats.visitor import reading as chat
from ticketdesk.services.chats.visitor import token as tokens
from ticketdesk.services.chats.visitor.commands import SayInChat, SignInChat, StartChat
from ticketdesk.services.chats.visitor.views import Started
from ticketdesk.services.embed import proof, submission
from ticketdesk.services.embed.form_config import PublicForm
from ticketdesk.services.embed.sentences import say
from ticketdesk.unit_of_work import Credential
from ticketdesk.web.client_address import client_address

_PREFIX = "/api/embed/chat"

router = APIRouter(prefix=_PREFIX, tags=["Public chat"], route_class=door.DoorRoute)
preflights = APIRouter(prefix=_PREFIX, include_in_schema=False)

_SAID = {
    "id": "msg_0193…",
    "role": "USER",
    "author": "Jane Smith",
    "content": "I can't login",
    "clientId": "9f3c…",
    "files": [],
    "createdAt": "2026-03-02T11:00:00.000Z",
}
_FACTS = {"agent": "", "agentReadAt": None, "isClosed": False, "isAway": False, "tickets": []}


@preflights.options("/{name:path}")
async def embed_chat_preflight(name: str, request: Request) -> Response:
    """Let the sites of organizations call from their own pages."""
    return door.preflight(request)


@router.post(
    "/start",
    status_code=201,
    responses=writing(404, 409)
    | shown(201, {"success": True, "token": "b3Jn….x7Yc…", "facts": _FACTS, "message": _SAID}),
)
async def embed_chat_start(request: Request, body: StartChat) -> dict[str, Any]:
    """Open a conversation with its first message; the answer's `token` opens it for 30 days.

    The same `key` again gives the same conversation. 409 `away`: nobody is there.
    """
    form = await _form(request, body.organization_id)
    page = request.headers.get("referer", "")
    started = await room.run(
        _start, form, body, client_address(request), page, credential_of(request)
    )
    return {"success": True} | started.wire()


def _start(
    form: PublicForm, body: StartChat, address: str, page: str, credential: Credential
) -> Started:
    """Check, count, prove, open: the cheap refusals come first."""
    language = form.config.language
    if body.website:
        message = say(language, "spam")
        raise Invalid(message, code="spam_suspected", fields={"website": message})
    sender = sender_of(form, credential)
    submission.require_sender(form, sender)
    if form.config.require_email and not sender.is_customer:
        required = say(language, "error.required")
        missing = [name for name in ("name", "email") if not getattr(body, name)]
        if missing:
            raise Invalid(say(language, "error.form"), fields=dict.fromkeys(missing, required))
    limits.admit_start(form.config.organization_id, address)
    proof.require(form, body.captcha, address)
    return unit_of_work.as_actor(sender, speaking.start, body, page=page, language=language)


@router.post(
    "/messages",
    status_code=201,
    responses=writing(404, 409) | shown(201, {"success": True, "message": _SAID}),
)
async def embed_chat_say(request: Request, body: SayInChat) -> dict[str, Any]:
    """Write a message; the same `clientId` again gives the first one. 409 `chat_closed`."""
    form = await _form(request, body.organization_id)
    token, chat_id = _token(request, form)
    organization_id = form.config.organization_id
    await room.run(limits.admit_message, organization_id, chat_id, client_address(request))
    message = await room.run(unit_of_work.as_anonymous, organization_id, speaking.say, token, body)
    return {"success": True, "message": message.wire()}


@router.get("/messages", responses=reading(404))
async def embed_chat_history(
    request: Request,
    organization: Organization,
    before: Annotated[str, Query(max_length=80, description="The oldest message known.")] = "",
) -> dict[str, Any]:
    """Return the newest messages, or those before a known one, and how the chat stands."""
    form = await _form(request, organization)
    token, _ = _token(request, form)
    await room.run(limits.admit_look, client_address(request))
    page = await room.run(
        unit_of_work.as_anonymous,
        form.config.organization_id,
        chat.history,
        token,
        before=before,
    )
    return {"success": True} | page.wire()


@router.post("/signs", status_code=204, responses=writing(404))
async def embed_chat_sign(request: Request, body: SignInChat) -> None:
    """Say that all was read (`read`), or that the visitor writes or has stopped (`typing`)."""
    form = await _form(request, body.organization_id)
    token, chat_id = _token(request, form)
    await room.run(limits.admit_sign, chat_id, client_address(request))
    await room.run(
        unit_of_work.as_anonymous, form.config.organization_id, speaking.sign, token, body
    )


# Not a `:ref` of the path: what none matches would meet the preflight's route and be told 405.
FileId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_]{1,80}$")]


@router.get("/files/{file_id}", responses=reading(404))
async def embed_chat_file(
    request: Request, organization: Organization, file_id: FileId
) -> dict[str, Any]:
    """Return a file of the conversation with addresses that are good for an hour."""
    form = await _form(request, organization)
    token, _ = _token(request, form)
    await room.run(limits.admit_look, client_address(request))
    found = await room.run(
        unit_of_work.as_anonymous, form.config.organization_id, chat.file, token, file_id
    )
    return {"success": True, "file": found.wire()}


@router.get("/stream", response_class=StreamingResponse, responses=reading(404))
async def embed_chat_stream(
    request: Request,
    organization: Organization,
    last_event_id: Annotated[
        str, Header(alias="Last-Event-ID", max_length=80, description="The last message known.")
    ] = "",
) -> Response:
    """Follow the conversation: every message after `Last-Event-ID`, once and in order.

    Events: `message` (its id is the message's), `changed` (a known message's files), `facts`,
    `typing` (first names), `over` (the token opens nothing any more).
    """
    form = await _form(request, organization)
    token, _ = _token(request, form)
    address = client_address(request)
    await room.run(limits.admit_look, address)
    return chat_stream.stream(token, address, last_event_id)


async def _form(request: Request, organization: str) -> PublicForm:
    """Return the organization's form where its chat is on and the calling site may use it."""
    form = await door.form_for(request, organization)
    if not (form.config.enabled and form.settings.chat.enabled):
        raise NotFound("There is no such chat.")
    request.state.door_headers |= {"Cache-Control": "no-store"}
    return form


def _token(request: Request, form: PublicForm) -> tuple[str, str]:
    """Return the visitor's token and the conversation it names.

    Raises:
        Unauthenticated: there is none, or none for this organization.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated("Send the token of this conversation.", code="visit_over")
    proven = tokens.read(token)
    if proven.organization_id != form.config.organization_id:
        raise Unauthenticated("This conversation is over. Start a new one.", code="visit_over")
    return token, proven.chat_id
