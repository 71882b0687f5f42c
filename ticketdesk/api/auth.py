"""Signing in and out, and who one is."""

from typing import Annotated, Literal

from fastapi import Body, Request
from pydantic import Field
from starlette.responses import Response

from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.api.answers import Answer, Done, answer, failures, reading, shown
from ticketdesk.api.caller import COOKIE, SignedIn
from ticketdesk.api.routing import router
from ticketdesk.models.wire import Command, View
from ticketdesk.services import auth, members
from ticketdesk.services.members import MemberView
from ticketdesk.settings import settings
from ticketdesk.web.client_address import client_address

public = router("Sign in", public=True)
signed_in = router("Sign in")

_USER = {
    "id": "user_0199d3c2a1b07c33b1f2a9d0c4e5f601",
    "organizationId": "org_0199d3c2a1a87e10a3b8c4d5e6f70812",
    "email": "grace@acme.example",
    "name": "Grace Hopper",
    "role": "AGENT",
    "isActive": True,
    "isAvailable": True,
}


class SignInBody(Command):
    """Address and password.

    `organization` (id or slug) is for who is a member of several, `code` the second factor of
    members who have one: without it the answer is 401 `second_factor_required`.
    """

    email: str = Field(max_length=254)
    password: str = Field(max_length=1000)
    organization: str | None = Field(default=None, max_length=100)
    code: str | None = Field(default=None, max_length=40)


class SignInAnswer(Answer):
    """The token is shown this once; it lasts `expiresIn` seconds."""

    token: str
    expires_in: int
    user: MemberView


class KeyView(View):
    """The API key that calls."""

    id: str | None
    name: str
    scopes: list[str]


class MeAnswer(Answer):
    """Who calls: a member, or an API key."""

    kind: Literal["USER", "API_KEY"]
    organization_id: str
    role: str | None
    user: MemberView | None
    api_key: KeyView | None


@public.post(
    "/api/auth/login",
    response_model=SignInAnswer,
    summary="Sign in",
    responses=failures(400, 401, 413, 415, 422, 429, 503)
    | shown(200, {"success": True, "token": "tds_…", "expiresIn": 1209600, "user": _USER}),
)
def sign_in(
    request: Request,
    body: Annotated[
        SignInBody,
        Body(
            openapi_examples={
                "agent": {"value": {"email": "grace@acme.example", "password": "ticketdesk-demo"}}
            }
        ),
    ],
) -> Response:
    """Give a token for `Authorization: Bearer`."""
    fresh = unit_of_work.across(
        auth.sign_in,
        body.email,
        body.password,
        organization=body.organization,
        code=body.code,
        ip_address=client_address(request),
        user_agent=request.headers.get("user-agent"),
    )
    return answer(
        SignInAnswer(token=fresh.token, expires_in=fresh.expires_in, user=fresh.user),
        headers={"Cache-Control": "no-store"},
    )


@signed_in.post("/api/auth/logout", response_model=Done, summary="Sign out", responses=reading())
def sign_out(caller: SignedIn) -> Response:
    """End the session whose token or cookie is used; an API key is not touched."""
    caller.run(auth.sign_out)
    response = answer(Done())
    response.delete_cookie(
        COOKIE, path="/", httponly=True, samesite="lax", secure=settings().secure_cookies
    )
    return response


@signed_in.get(
    "/api/auth/me",
    response_model=MeAnswer,
    summary="Who am I",
    responses=reading()
    | shown(
        200,
        {
            "success": True,
            "kind": "USER",
            "organizationId": _USER["organizationId"],
            "role": "AGENT",
            "user": _USER,
            "apiKey": None,
        },
    ),
)
def me(caller: SignedIn) -> Response:
    """Tell who the credential belongs to."""
    actor = caller.actor
    return answer(
        MeAnswer(
            kind=actor.kind.value,
            organization_id=actor.organization_id,
            role=actor.role,
            user=caller.run(members.me) if actor.user_id else None,
            api_key=_key(actor),
        )
    )


def _key(actor: Actor) -> KeyView | None:
    if actor.user_id:
        return None
    return KeyView(
        id=actor.key_id, name=actor.name.removeprefix("API key "), scopes=sorted(actor.scopes)
    )
