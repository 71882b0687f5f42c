"""`/login`: e-mail and password become a session cookie."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ticketdesk import unit_of_work
from ticketdesk.errors import Forbidden, Invalid, TicketDeskError, TooMany, Unauthenticated
from ticketdesk.public import origin, second_step
from ticketdesk.public.own_path import HOME, own_path
from ticketdesk.public.rendering import page
from ticketdesk.public.session_cookie import lead_on
from ticketdesk.services import auth
from ticketdesk.settings import settings
from ticketdesk.web import gate
from ticketdesk.web.client_address import client_address

DEMO_PASSWORD = "ticketdesk-demo"
DEMO_LOGINS = (
    ("grace@acme.example", "Grace", "Agent, Acme Support"),
    ("linus@acme.example", "Linus", "Agent, Acme Support"),
    ("ada@acme.example", "Ada", "Admin, Acme Support"),
)


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form when it is shown."""

    email: str = ""
    password: str = ""
    next: str = HOME
    problem: str = ""
    changed: bool = False
    fields: tuple[str, ...] = ()


async def show(request: Request) -> Response:
    """Show the form, or lead on whoever is signed in already."""
    destination = own_path(request.query_params.get("next"))
    if actor := await gate.who(request):
        at_home = not actor.is_customer or not destination.startswith("/app")
        return RedirectResponse(destination if at_home else "/portal", status_code=303)
    chosen = request.query_params.get("demo", "")
    filled = settings().demo and chosen in {email for email, *_ in DEMO_LOGINS}
    form = Form(
        email=chosen if filled else "",
        password=DEMO_PASSWORD if filled else "",
        next=destination,
        changed="changed" in request.query_params,
    )
    return _form(form)


async def submit(request: Request) -> Response:
    """Check e-mail and password; set the cookie, or ask for the second factor."""
    data = await request.form()
    email, password = str(data.get("email", "")).strip(), str(data.get("password", ""))
    form = Form(email=email, next=own_path(str(data.get("next", ""))))
    if not origin.is_ours(request):
        return _refused(form, Forbidden("This form was sent from another page. Try again here."))
    if not email or not password:
        return _refused(form, Invalid("Enter your email and your password."))
    try:
        signed_in = await asyncio.to_thread(
            unit_of_work.across,
            auth.sign_in,
            email,
            password,
            ip_address=client_address(request),
            user_agent=request.headers.get("user-agent", ""),
        )
    except TicketDeskError as error:
        if error.code == "second_factor_required":
            return second_step.ask(str(error.details["challenge"]), form.next)
        return _refused(form, error)
    return lead_on(form.next, signed_in)


def _refused(form: Form, error: TicketDeskError) -> Response:
    fields = ("email", "password") if isinstance(error, Invalid | Unauthenticated) else ()
    answer = _form(
        Form(email=form.email, next=form.next, problem=_sentence(error), fields=fields),
        status=error.status,
    )
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _sentence(error: TicketDeskError) -> str:
    if not isinstance(error, TooMany):
        return error.message
    seconds = error.retry_after
    wait = f"{seconds} seconds" if seconds < 90 else f"{round(seconds / 60)} minutes"
    return f"Too many attempts. Try again in {wait}."


def _form(form: Form, *, status: int = 200) -> Response:
    return page(
        "login.html",
        status=status,
        form=form,
        demo_logins=DEMO_LOGINS if settings().demo else (),
    )
