"""`/login`: e-mail and password become a session cookie."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ticketdesk import unit_of_work
from ticketdesk.errors import Forbidden, Invalid, TicketDeskError, TooMany, Unauthenticated
from ticketdesk.public import origin
from ticketdesk.public.rendering import page
from ticketdesk.services import auth
from ticketdesk.settings import settings
from ticketdesk.web import gate
from ticketdesk.web.client_address import client_address

HOME = "/app/tickets"
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
    fields: tuple[str, ...] = ()


async def show(request: Request) -> Response:
    """Show the form, or lead on whoever is signed in already."""
    destination = own_path(request.query_params.get("next"))
    if await gate.is_signed_in(request):
        return RedirectResponse(destination, status_code=303)
    chosen = request.query_params.get("demo", "")
    filled = settings().demo and chosen in {email for email, *_ in DEMO_LOGINS}
    form = Form(
        email=chosen if filled else "",
        password=DEMO_PASSWORD if filled else "",
        next=destination,
    )
    return _form(form)


async def submit(request: Request) -> Response:
    """Check e-mail and password and set the cookie."""
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
        return _refused(form, error)
    answer = RedirectResponse(form.next, status_code=303)
    answer.set_cookie(
        gate.COOKIE,
        signed_in.token,
        max_age=signed_in.expires_in,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings().secure_cookies,
    )
    return answer


def own_path(wanted: str | None) -> str:
    """Return `wanted` if it is a path of ours, else the start page: never a way to another site."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return HOME
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or any(ord(c) < 32 or c == "\\" for c in wanted):
        return HOME
    return HOME if parts.path in {"/", "/login", "/logout"} else wanted


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
