"""`/rate/{token}`: how satisfied a requester is, by the link in the survey's mail.

Opening the link changes nothing: programs that check mail open every link in it.
"""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ticketdesk import unit_of_work
from ticketdesk.errors import Invalid, NotFound
from ticketdesk.public.rendering import page
from ticketdesk.services.mail.languages import phrases
from ticketdesk.services.surveys import answer

_LARGEST = 64 * 1024


async def show(request: Request) -> Response:
    """Ask, with the answer that was clicked in the mail chosen already."""
    found = await _found(request)
    if found is None:
        return _nothing()
    chosen = request.query_params.get("answer", "").upper()
    return await _page(request, found, chosen=chosen, done=request.query_params.get("done", ""))


async def submit(request: Request) -> Response:
    """Take the answer and say thanks."""
    found = await _found(request)
    if found is None:
        return _nothing()
    if int(request.headers.get("content-length") or 0) > _LARGEST:
        return await _page(request, found)
    given = await request.form(max_files=0, max_fields=10)
    rating, comment = str(given.get("rating", "")), str(given.get("comment", ""))
    try:
        await _run(found, answer.rate, rating, comment)
    except Invalid:
        return await _page(request, found, status=422)
    return RedirectResponse(f"{request.url.path}?done=rated", status_code=303)


async def show_stop(request: Request) -> Response:
    """Offer to ask no more."""
    found = await _found(request)
    return _nothing() if found is None else await _page(request, found, done="stop")


async def stop(request: Request) -> Response:
    """Ask this reader no more, from the page or by a mail program's own button (RFC 8058)."""
    found = await _found(request)
    if found is None:
        return _nothing()
    await _run(found, answer.stop)
    return await _page(request, found, done="stopped")


async def _found(request: Request) -> tuple[str, str] | None:
    token = request.path_params["token"][:200]
    try:
        return await asyncio.to_thread(unit_of_work.across, answer.place, token)
    except NotFound:
        return None


async def _run(found: tuple[str, str], verb: Any, *args: Any) -> Any:
    organization_id, survey_id = found
    return await asyncio.to_thread(
        unit_of_work.as_anonymous, organization_id, verb, survey_id, *args
    )


async def _page(
    request: Request,
    found: tuple[str, str],
    *,
    chosen: str = "",
    done: str = "",
    status: int = 200,
) -> Response:
    question = await _run(found, answer.read)
    words = {"number": str(question.number), "organization": question.organization}
    known = phrases(question.language)
    return page(
        "rating.html",
        status=status,
        question=question,
        chosen=chosen if chosen in ("GOOD", "BAD") else question.rating,
        done=done if done in ("rated", "stop", "stopped") else "",
        path=f"/rate/{request.path_params['token']}",
        say=lambda key: known[key].format_map(words),
    )


def _nothing() -> Response:
    return page("not_found.html", status=404)


routes = [
    Route("/rate/{token}", show, methods=["GET"]),
    Route("/rate/{token}", submit, methods=["POST"]),
    Route("/rate/{token}/stop", show_stop, methods=["GET"]),
    Route("/rate/{token}/stop", stop, methods=["POST"]),
]
