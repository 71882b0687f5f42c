"""`/portal`: where customers read and write their tickets, without a websocket or a script."""

import asyncio
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ticketdesk import unit_of_work
from ticketdesk.api.embed import receiving
from ticketdesk.api.file_upload import Values
from ticketdesk.errors import Invalid, TicketDeskError
from ticketdesk.public import portal_page, portal_sign_in, tracking_live
from ticketdesk.public.portal_door import HOME, Visit, entered, lead, refused
from ticketdesk.services.embed import file_refusals
from ticketdesk.services.embed.fields import FormField
from ticketdesk.services.files.uploads import Admission
from ticketdesk.services.portal import thread, tickets
from ticketdesk.services.portal.tickets import Shown
from ticketdesk.unit_of_work import Credential
from ticketdesk.web import gate
from ticketdesk.web.client_address import client_address

_DONE = {"sent": "track.sent", "closed": "track.wasClosed", "reopened": "track.wasReopened"}
_CONTACT = ("requesterName", "requesterEmail", "requesterPhone")


async def show(request: Request) -> Response:
    """Show the customer's own tickets, or the door."""
    visit = await entered(request)
    if isinstance(visit, Response):
        return visit
    query = request.query_params
    shown = Shown(query["show"]) if query.get("show") in set(Shown) else Shown.ALL
    words = query.get("q", "")[:200]
    try:
        page = await visit.run(
            tickets.list_own, shown=shown, words=words, cursor=query.get("cursor") or None
        )
    except TicketDeskError as error:
        return refused(visit.place, error)
    return portal_page.own_tickets(visit.place, page, shown, words)


async def show_ticket(request: Request) -> Response:
    """Show one ticket."""
    visit = await entered(request)
    if isinstance(visit, Response):
        return visit
    done = request.query_params.get("done", "")
    number = request.path_params["number"]
    said = visit.place.say(_DONE[done]) if done in _DONE else ""
    if done == "made":
        said = visit.place.say("portal.made", number=number)
    return await _ticket(visit, number, done=said)


async def act(request: Request) -> Response:
    """Take an answer, a closing or a reopening, and lead back to the ticket."""
    visit = await entered(request)
    if isinstance(visit, Response):
        return visit
    number, given = request.path_params["number"], _Given(request, visit)
    try:
        # The ticket first: nobody uploads to what is not theirs.
        await visit.run(thread.read, str(number))
        files = await given.read()
        content, wanted = given.text("content"), given.text("do") or "answer"
        if wanted == "answer" and not content.strip():
            raise Invalid(visit.place.say("error.required"))
        if content.strip():
            number = await visit.run(thread.answer, str(number), content, files)
        if wanted in ("close", "reopen") and number == request.path_params["number"]:
            await visit.run(thread.close if wanted == "close" else thread.reopen, str(number))
    except TicketDeskError as error:
        told = file_refusals.spoken(error, visit.place.look.language)
        return await _ticket(visit, number, content=given.text("content"), problem=told)
    done = {"close": "closed", "reopen": "reopened"}.get(wanted, "sent")
    return lead(f"{HOME}/tickets/{number}?done={done}")


async def show_new(request: Request) -> Response:
    """Show the form of a new ticket."""
    visit = await entered(request)
    return (
        visit if isinstance(visit, Response) else portal_page.new_ticket(visit.place, _asked(visit))
    )


async def make(request: Request) -> Response:
    """Open a ticket and lead to it."""
    visit = await entered(request)
    if isinstance(visit, Response):
        return visit
    given = _Given(request, visit)
    try:
        files = await given.read()
        number = await visit.run(thread.ask, visit.place.form, given.answers(), files)
    except TicketDeskError as error:
        told = file_refusals.spoken(error, visit.place.look.language)
        return portal_page.new_ticket(
            visit.place, _asked(visit), answers=given.answers(), problems=told.fields,
            problem=told.message, status=told.status,
        )  # fmt: skip
    return lead(f"{HOME}/tickets/{number}?done=made")


async def show_file(request: Request) -> Response:
    """Lead to a file of the ticket's public side."""
    visit = await entered(request)
    if isinstance(visit, Response):
        return visit
    number, file_id = request.path_params["number"], request.path_params["file_id"]
    try:
        is_shown = "shown" in request.query_params
        url = await visit.run(thread.file_url, str(number), file_id, is_shown=is_shown)
    except TicketDeskError as error:
        return refused(visit.place, error)
    return RedirectResponse(url, status_code=302, headers={"Cache-Control": "no-store"})


async def events(request: Request) -> Response:
    """Tell the page of a ticket, as it happens, that there is something new to read."""
    visit = await entered(request)
    if isinstance(visit, Response):
        return Response(status_code=403, headers={"Cache-Control": "no-store"})
    token, number = request.cookies.get(gate.COOKIE, ""), request.path_params["number"]
    # Who is calling is found out anew each time: the stream ends with the session.
    read = partial(unit_of_work.call, Credential(session_token=token), thread.read, str(number))
    try:
        await asyncio.to_thread(read)
    except TicketDeskError as error:
        return refused(visit.place, error)
    seen = request.query_params.get("seen", "")
    return tracking_live.stream_of(read, address=client_address(request), seen=seen)


async def _ticket(
    visit: Visit,
    number: int,
    *,
    done: str = "",
    content: str = "",
    problem: TicketDeskError | None = None,
) -> Response:
    try:
        found = await visit.run(thread.read, str(number))
    except TicketDeskError as error:
        return refused(visit.place, error)
    return portal_page.ticket(
        visit.place, found, f"{HOME}/tickets/{number}", done=done, content=content,
        problem=problem.message if problem else "", status=problem.status if problem else 200,
    )  # fmt: skip


def _asked(visit: Visit) -> list[FormField]:
    """The questions of the organization's form; who asks is known."""
    fields = visit.place.form.config.fields if visit.place.form else []
    return [field for field in fields if field.name not in _CONTACT]


class _Given:
    """What a form of the portal sent: words first, then files."""

    def __init__(self, request: Request, visit: Visit) -> None:
        self._request, self._visit = request, visit
        self._values: Values = []

    async def read(self) -> list[str]:
        """Read the post and return a handle for each file.

        Raises:
            TooMany, TooLarge, UnsupportedKind, Invalid, Malformed: what is wrong with it.
        """
        organization_id = self._visit.actor.organization_id
        self._values, taken = await receiving.receive(self._request, self._admit)
        return await receiving.keep(organization_id, taken)

    def _admit(self, values: Values) -> Admission:
        self._values = values
        most = self._visit.place.form.config.uploads.max_files if self._visit.place.form else 1
        organization_id = self._visit.actor.organization_id
        return receiving.admission(organization_id, client_address(self._request), most)

    def text(self, name: str) -> str:
        """Return the first value of a field, '' where there is none."""
        return next((value for one, value in self._values if one == name), "")

    def answers(self) -> dict[str, Any]:
        """Return the answers by the names of the form's fields."""
        answers: dict[str, Any] = {}
        for field in _asked(self._visit):
            values = [value for name, value in self._values if name == field.name]
            if field.type == "multiselect":
                answers[field.name] = values
            elif field.type == "checkbox":
                answers[field.name] = bool(values)
            else:
                answers[field.name] = values[0] if values else ""
        return answers


_TICKET = "/portal/tickets/{number:int}"
routes = [
    Route("/portal", show, methods=["GET"]),
    Route("/portal/tickets", show, methods=["GET"]),
    Route("/portal/sign-in", portal_sign_in.submit, methods=["POST"]),
    Route("/portal/sign-out", portal_sign_in.sign_out, methods=["POST"]),
    Route("/portal/link/{token}", portal_sign_in.show_link, methods=["GET"]),
    Route("/portal/link/{token}", portal_sign_in.use_link, methods=["POST"]),
    Route("/portal/tickets/new", show_new, methods=["GET"]),
    Route("/portal/tickets/new", make, methods=["POST"]),
    Route(_TICKET, show_ticket, methods=["GET"]),
    Route(_TICKET, act, methods=["POST"]),
    Route(_TICKET + "/events", events, methods=["GET"]),
    Route(_TICKET + "/files/{file_id}", show_file, methods=["GET"]),
]
