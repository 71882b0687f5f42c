"""`/forgot`, `/reset/{token}`, `/invitation/{token}`: a password by a link from a mail."""

import asyncio
from collections.abc import Callable

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ticketdesk import unit_of_work
from ticketdesk.errors import Forbidden, Invalid, NotFound, TicketDeskError
from ticketdesk.public import origin
from ticketdesk.public.rendering import page
from ticketdesk.services import one_time_tokens, password_reset
from ticketdesk.services.one_time_tokens import TokenKind
from ticketdesk.services.people import invite
from ticketdesk.web.client_address import client_address

_ELSEWHERE = "This form was sent from another page. Try again here."


async def show_forgot(request: Request) -> Response:
    """Ask for the address."""
    return page("forgot.html", email="", problem="", sent=False)


async def submit_forgot(request: Request) -> Response:
    """Send a link if the address is a member's, and say the same in any case."""
    data = await request.form()
    email = str(data.get("email", "")).strip()[:254]
    try:
        if not origin.is_ours(request):
            raise Forbidden(_ELSEWHERE)
        if "@" not in email:
            raise Invalid("Enter your email.")
        sends = await asyncio.to_thread(
            password_reset.admit, email, ip_address=client_address(request)
        )
    except TicketDeskError as error:
        return page(
            "forgot.html", status=error.status, email=email, problem=error.message, sent=False
        )
    answer = page("forgot.html", email=email, problem="", sent=True)
    if sends:
        # Behind the answer: its time does not tell members from strangers.
        answer.background = BackgroundTask(
            asyncio.to_thread, unit_of_work.across, password_reset.send, email
        )
    return answer


def _choosing(kind: TokenKind, accept: Callable[..., str], title: str) -> tuple[Callable, Callable]:
    """The two halves of a page on which one chooses a password."""

    def choose(token: str, problem: str = "", *, status: int = 200) -> Response:
        return page(
            "choose_password.html", status=status, title=title, token=token, problem=problem
        )

    async def show(request: Request) -> Response:
        token = request.path_params["token"][:200]
        try:
            await asyncio.to_thread(
                unit_of_work.across, one_time_tokens.holder, token, kind, use=False
            )
        except NotFound as error:
            return page("link_over.html", status=404, problem=error.message)
        return choose(token)

    async def submit(request: Request) -> Response:
        data = await request.form()
        token = request.path_params["token"][:200]
        password = str(data.get("password", ""))
        if not origin.is_ours(request):
            return choose(token, _ELSEWHERE, status=403)
        if password != str(data.get("repeated", "")):
            return choose(token, "The two passwords differ.", status=422)
        try:
            await asyncio.to_thread(unit_of_work.across, accept, token, password)
        except NotFound as error:
            return page("link_over.html", status=404, problem=error.message)
        except TicketDeskError as error:
            return choose(token, error.message, status=error.status)
        return RedirectResponse("/login?changed=1", status_code=303)

    return show, submit


_show_reset, _submit_reset = _choosing(
    TokenKind.PASSWORD_RESET, password_reset.reset, "Choose a new password"
)
_show_invitation, _submit_invitation = _choosing(
    TokenKind.INVITATION, invite.accept, "Welcome. Choose a password"
)

routes = [
    Route("/forgot", show_forgot, methods=["GET"]),
    Route("/forgot", submit_forgot, methods=["POST"]),
    Route("/reset/{token}", _show_reset, methods=["GET"]),
    Route("/reset/{token}", _submit_reset, methods=["POST"]),
    Route("/invitation/{token}", _show_invitation, methods=["GET"]),
    Route("/invitation/{token}", _submit_invitation, methods=["POST"]),
]
