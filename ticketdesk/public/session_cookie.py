"""The cookie that a sign-in leaves."""

from starlette.responses import RedirectResponse

from ticketdesk.models.enums import UserRole
from ticketdesk.services.auth import SignIn
from ticketdesk.settings import settings
from ticketdesk.web import gate


def lead_on(path: str, signed_in: SignIn) -> RedirectResponse:
    """Return the way to a path of ours, with the session's cookie; customers have the portal."""
    if signed_in.user.role is UserRole.CUSTOMER and path.startswith("/app"):
        path = "/portal"
    answer = RedirectResponse(path, status_code=303)
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
