"""API keys: made once, listed without their secret, revoked."""

from typing import Annotated, Any

from fastapi import Body, Path
from pydantic import Field
from sqlmodel import Session
from starlette.responses import Response

from ticketdesk.actor import Actor
from ticketdesk.api.answers import Answer, answer, reading, shown, writing
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.parameters import IdempotencyKey
from ticketdesk.api.routing import router
from ticketdesk.models.wire import Command
from ticketdesk.services import api_keys, sealing
from ticketdesk.services.api_keys import ApiKeyView

routes = router("API keys")

_KEY = {
    "id": "key_0199d3c2a1b58177f5d6e7f8091a2b3c",
    "name": "Billing system",
    "prefix": "tdk_Jx3kq0aB",
    "scopes": ["read", "write"],
    "createdAt": "2026-11-02T10:30:00.000Z",
    "lastUsedAt": None,
    "revokedAt": None,
}


class NewKeyBody(Command):
    """A name to tell it by, and what it may do: `read`, `write`, `admin`, `inbound`."""

    name: str = Field(max_length=200)
    scopes: list[str] = Field(min_length=1, max_length=10)


class NewKeyAnswer(Answer):
    """The token is shown this once."""

    token: str
    api_key: ApiKeyView


class KeyAnswer(Answer):
    """One key."""

    api_key: ApiKeyView


class KeysAnswer(Answer):
    """The organization's keys, newest first."""

    api_keys: list[ApiKeyView]
    next_cursor: str | None = None


@routes.get(
    "/api/api-keys",
    response_model=KeysAnswer,
    summary="List API keys",
    responses=reading() | shown(200, {"success": True, "apiKeys": [_KEY], "nextCursor": None}),
)
def list_api_keys(caller: SignedIn) -> Response:
    """Give the organization's keys, without their tokens: admins only."""
    return answer(KeysAnswer(api_keys=caller.run(api_keys.list_keys)))


@routes.post(
    "/api/api-keys",
    status_code=201,
    response_model=NewKeyAnswer,
    summary="Make an API key",
    responses=writing(409) | shown(201, {"success": True, "token": "tdk_…", "apiKey": _KEY}),
)
def make_api_key(
    caller: SignedIn,
    body: Annotated[
        NewKeyBody,
        Body(
            openapi_examples={
                "integration": {"value": {"name": "Billing system", "scopes": ["read", "write"]}}
            }
        ),
    ],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Make a key and show its token, this once: admins only."""

    def make(session: Session, actor: Actor) -> dict[str, Any]:
        fresh = api_keys.create(session, actor, name=body.name, scopes=body.scopes)
        # The answer is kept for a day; the token in it only sealed.
        return {"success": True, "token": sealing.seal(fresh.token), "apiKey": fresh.key.wire()}

    made = caller.create(idempotency_key, "POST /api/api-keys", body, make)
    return answer(
        made | {"token": sealing.unseal(made["token"])}, 201, {"Cache-Control": "no-store"}
    )


@routes.delete(
    "/api/api-keys/{key_id:ref}",
    response_model=KeyAnswer,
    summary="Revoke an API key",
    responses=reading(404) | shown(200, {"success": True, "apiKey": _KEY}),
)
def revoke_api_key(
    caller: SignedIn, key_id: Annotated[str, Path(description="The key's id.")]
) -> Response:
    """Make a key useless at once: admins only."""
    return answer(KeyAnswer(api_key=caller.run(api_keys.revoke, key_id)))
