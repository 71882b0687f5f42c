"""`/login/code`: the second factor, after the password was right."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from ticketdesk import unit_of_work
from ticketdesk.errors import Forbidden, TicketDeskError, TooMany
from ticketdesk.public import origin
from ticketdesk.public.own_path import own_path
from ticketdesk.public.rendering import page
from ticketdesk.public.session_cookie import lead_on
from ticketdesk.services import auth
from ticketdesk.web.client_address import client_address


def ask(challenge: str, destination: str, problem: str = "", *, status: int = 200) -> Response:
    """Show the field for the code."""
    return page(
        "second_step.html", status=status, challenge=challenge, next=destination, problem=problem
    )


async def submit(request: Request) -> Response:
    """Check the code and set the cookie."""
    data = await request.form()
    challenge, code = str(data.get("challenge", ""))[:2000], str(data.get("code", ""))[:40]
    destination = own_path(str(data.get("next", "")))
    if not origin.is_ours(request):
        error: TicketDeskError = Forbidden("This form was sent from another page. Sign in again.")
        return ask(challenge, destination, error.message, status=error.status)
    try:
        signed_in = await asyncio.to_thread(
            unit_of_work.across,
            auth.finish_sign_in,
            challenge,
            code,
            ip_address=client_address(request),
            user_agent=request.headers.get("user-agent", ""),
        )
    except TicketDeskError as error:
        answer = ask(challenge, destination, error.message, status=error.status)
        if isinstance(error, TooMany):
            answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    return lead_on(destination, signed_in)
