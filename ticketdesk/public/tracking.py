"""`/track/{number}-{token}`: how a requester follows, answers and settles a ticket by its link."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ticketdesk import unit_of_work
from ticketdesk.api.embed import receiving
from ticketdesk.api.file_upload import Values
from ticketdesk.errors import Invalid, TicketDeskError, TooMany
from ticketdesk.public import embed_page, tracking_files, tracking_live, tracking_page
from ticketdesk.public.embed_form import look_of
from ticketdesk.public.tracking_door import found_by
from ticketdesk.services.embed import answering, file_refusals, form_config, limits, tracking
from ticketdesk.services.embed.sentences import say
from ticketdesk.services.files.uploads import Admission
from ticketdesk.web.client_address import client_address

_DONE = {"sent", "wasClosed", "wasReopened"}
_NUMBER = re.compile(r"[0-9]{1,9}")


async def show(request: Request) -> Response:
    """Show the public side of a ticket; one page for whatever is not there."""
    found = await found_by(request)
    if isinstance(found, Response):
        return found
    done = request.query_params.get("done", "")
    return await _page(request, found, done=done if done in _DONE else "")


async def act(request: Request) -> Response:
    """Take an answer, a closing or a reopening, and lead back to the page."""
    found = await found_by(request)
    if isinstance(found, Response):
        return found
    given: Values = []
    try:
        await _admit(limits.ANSWER_FROM, "answer-from", request)
        sent = await receiving.receive(request, _files(request, found, given))
        given[:] = sent[0]
        files = [value for name, value in given if name == "attachment"]
        files += await receiving.keep(found[0], sent[1])
        wanted = dict(given).get("do", "answer")
        moved = await _do(request, found, wanted, dict(given).get("content", ""), files)
    except TicketDeskError as error:
        language = look_of(request, request.query_params).language
        problem = file_refusals.spoken(error, language)
        content = dict(given).get("content", "")
        return await _page(request, found, content=content, problem=problem)
    if moved:
        return RedirectResponse(moved, status_code=303)
    done = {"close": "wasClosed", "reopen": "wasReopened"}.get(wanted, "sent")
    return RedirectResponse(f"{request.url.path}?done={done}", status_code=303)


async def _do(
    request: Request, found: tuple[str, str], wanted: str, content: str, files: list[str]
) -> str | None:
    """Carry out what was asked; a comment that stands in the form goes with it."""
    organization_id, ticket_id = found
    run: Callable[..., Any] = asyncio.to_thread
    moved = None
    if wanted == "answer" and not content.strip():
        language = look_of(request, request.query_params).language
        raise Invalid(say(language, "error.required"))
    if content.strip():
        moved = await run(
            unit_of_work.as_anonymous, organization_id, answering.answer, ticket_id, content, files
        )
    if wanted in ("close", "reopen") and not moved:
        verb = answering.close if wanted == "close" else answering.reopen
        await run(unit_of_work.as_anonymous, organization_id, verb, ticket_id)
    return moved


async def upload(request: Request) -> Response:
    """Take one file before the answer is sent."""
    found = await found_by(request)
    if isinstance(found, Response):
        return found
    try:
        _, taken = await receiving.receive(request, _files(request, found, [], most=1))
        if not taken:
            raise Invalid("Send one file under the name file.", fields={"file": "Missing."})
        place = f"POST uploads of {found[1]}"
        handle = (await receiving.keep_once(request, found[0], taken, place)).handle
    except TicketDeskError as error:
        language = look_of(request, request.query_params).language
        told = file_refusals.spoken(error, language)
        body = {"code": told.code, "message": told.message, "fields": told.fields}
        return JSONResponse({"success": False, "error": body}, status_code=told.status)
    return JSONResponse({"success": True, "attachment": {"id": handle}}, status_code=201)


def _files(
    request: Request,
    found: tuple[str, str],
    given: Values,
    *,
    most: int = form_config.MOST_FILES,
) -> Callable[[Values], Admission]:
    """Let files in; `given` remembers the words before them, should one be refused."""

    def admit(values: Values) -> Admission:
        given[:] = values
        return receiving.admission(found[0], client_address(request), most)

    return admit


async def events(request: Request) -> Response:
    """Tell the page, as it happens, that there is something new to read."""
    found = await found_by(request)
    if isinstance(found, Response):
        return found
    seen = request.query_params.get("seen", "")
    return tracking_live.stream(*found, address=client_address(request), seen=seen)


async def ask_for_link(request: Request) -> Response:
    """Show the form of whoever lost their link."""
    return tracking_page.lost(look_of(request, request.query_params))


async def send_link(request: Request) -> Response:
    """Promise a new link, whether or not there is such a ticket; the look-up comes afterwards."""
    look = look_of(request, request.query_params)
    data = await request.form(max_files=0, max_fields=5)
    number, email = str(data.get("number", "")).strip("# "), str(data.get("email", "")).strip()
    try:
        await asyncio.to_thread(
            limits.admit,
            (limits.LOST_LINK_FROM, "lost-from", client_address(request)),
            (limits.LOST_LINK_BY, "lost-by", email.lower()[:254]),
        )
    except TicketDeskError as error:
        minutes = max(1, round(error.retry_after / 60)) if isinstance(error, TooMany) else 1
        return embed_page.closed(
            look,
            say(look.language, "lost.title"),
            say(look.language, "tooManyPlain", minutes=minutes),
            frames="'none'",
            status=error.status,
        )
    page = tracking_page.lost(look, sent=True)
    if _NUMBER.fullmatch(number) and email and email.isprintable():
        page.background = BackgroundTask(
            unit_of_work.across, answering.send_lost_link, int(number), email
        )
    return page


async def _admit(rules: Any, name: str, request: Request) -> None:
    await asyncio.to_thread(limits.admit, (rules, name, client_address(request)))


async def _form(request: Request, found: tuple[str, str]) -> form_config.PublicForm:
    language = look_of(request, request.query_params).language
    return await asyncio.to_thread(unit_of_work.as_anonymous, found[0], form_config.read, language)


async def _page(
    request: Request,
    found: tuple[str, str],
    *,
    done: str = "",
    content: str = "",
    problem: TicketDeskError | None = None,
) -> Response:
    form = await _form(request, found)
    ticket = await asyncio.to_thread(unit_of_work.as_anonymous, found[0], tracking.read, found[1])
    look = look_of(request, request.query_params)
    path = f"/track/{request.path_params['reference']}"
    return tracking_page.ticket(
        look, form, ticket, path=path, done=done, content=content, problem=problem
    )


_AT = "/track/{reference}"
routes = [
    Route("/track", ask_for_link, methods=["GET"]),
    Route("/track", send_link, methods=["POST"]),
    Route(_AT, show, methods=["GET"]),
    Route(_AT, act, methods=["POST"]),
    Route(_AT + "/uploads", upload, methods=["POST"]),
    Route(_AT + "/events", events, methods=["GET"]),
    Route(_AT + "/files/{file_id}", tracking_files.show, methods=["GET"]),
]
