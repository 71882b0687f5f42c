"""Who is calling the API, and how a route runs a service for them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import APIKeyCookie, HTTPBearer
from sqlmodel import Session

from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.api import rate_limit
from ticketdesk.errors import Forbidden, Unauthenticated
from ticketdesk.models.wire import View
from ticketdesk.services import idempotency
from ticketdesk.settings import settings
from ticketdesk.unit_of_work import Credential
from ticketdesk.web.origins import allowed_origins

COOKIE = "ticketdesk_session"
_SAFE = {"GET", "HEAD", "OPTIONS"}

T = TypeVar("T")

_bearer = HTTPBearer(
    scheme_name="bearer",
    auto_error=False,
    description="An API key, or the token of `POST /api/auth/login`.",
)
_cookie = APIKeyCookie(
    name=COOKIE, scheme_name="cookie", auto_error=False, description="The browser's session."
)


@dataclass(frozen=True, slots=True)
class Caller:
    """A caller whose credential was resolved in this very request."""

    actor: Actor
    credential: Credential

    def run(self, service: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run a service as this caller, in one transaction."""
        return unit_of_work.as_actor(self.actor, service, *args, **kwargs)

    def again(self) -> "Caller":
        """Return the caller as they stand now, for what goes on longer than a request.

        Raises:
            Unauthenticated: the session or key was revoked meanwhile.
        """
        return Caller(unit_of_work.resolve(self.credential), self.credential)

    def create(
        self, key: str | None, route: str, body: View | Any, make: Callable[..., dict[str, Any]]
    ) -> dict[str, Any]:
        """Run a create once per Idempotency-Key, in the transaction of the create itself.

        Args:
            key: the header, or None.
            route: method and path; the same key on another route is another key.
            body: the command that was sent.
            make: `make(session, actor)` does it and returns the JSON answer.
        """
        sent = body.model_dump(mode="json", by_alias=True)

        def once(session: Session, actor: Actor) -> dict[str, Any]:
            return idempotency.once(session, actor, key, route, sent, lambda: make(session, actor))

        return self.run(once)


async def authenticate(request: Request) -> Caller:
    """Find out who sends a request, refuse forged writes and count it.

    Raises:
        Unauthenticated: no credential, or one that is unknown, expired or revoked.
        Forbidden: a write with the browser's cookie from a page that is not ours.
        TooMany: more requests than anyone needs.
    """
    credential = credential_of(request)
    if credential.session_token and request.method not in _SAFE:
        require_own_page(request)
    actor = await run_in_threadpool(_resolve, credential)
    return Caller(actor, credential)


def _resolve(credential: Credential) -> Actor:
    actor = unit_of_work.resolve(credential)
    rate_limit.count(actor)
    return actor


def credential_of(request: Request) -> Credential:
    """Return the bearer token, or else the browser's cookie.

    Raises:
        Unauthenticated: there is neither.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return Credential(bearer=token.strip())
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        raise Unauthenticated("Sign in first: send an API key or a token as Authorization: Bearer.")
    return Credential(session_token=cookie)


def require_own_page(request: Request) -> None:
    """Refuse what a page of somebody else's sends with our cookie.

    Raises:
        Forbidden: the Origin is missing or foreign.
    """
    if request.headers.get("origin") not in allowed_origins(settings().base_url):
        raise Forbidden("This was sent from another site.", code="foreign_origin")


def _caller(
    request: Request,
    bearer: Annotated[Any, Depends(_bearer)],
    cookie: Annotated[Any, Depends(_cookie)],
) -> Caller:
    return request.state.caller


SignedIn = Annotated[Caller, Depends(_caller)]
