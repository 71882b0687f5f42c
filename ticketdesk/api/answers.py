"""The answers of the API and how the documentation describes them."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from ticketdesk.models.wire import View


class Answer(View):
    """What every success has in common."""

    success: Literal[True] = True


class Done(Answer):
    """A success with nothing to show."""


class ErrorFacts(BaseModel):
    """What went wrong; some codes carry further facts beside these."""

    model_config = ConfigDict(extra="allow")

    code: str
    message: str
    fields: dict[str, str] = Field(default_factory=dict, description="Problems by field.")


class Failure(BaseModel):
    """What every failure looks like."""

    success: Literal[False]
    error: ErrorFacts


_WORDS = {
    400: ("Malformed: the request cannot be read.", "malformed"),
    401: ("No credential, or one that is unknown, expired or revoked.", "unauthenticated"),
    403: ("The role or the API key's scope does not allow this.", "forbidden"),
    404: ("Missing, or belonging to somebody else.", "not_found"),
    409: ("The present state does not allow this.", "conflict"),
    412: ("`If-Match` names an older version.", "stale"),
    413: ("Too large.", "too_large"),
    415: ("Another content type than expected.", "unsupported_kind"),
    422: ("Understood, but wrong; `fields` names what.", "validation_error"),
    429: ("Too many requests; wait for `Retry-After` seconds.", "too_many_requests"),
    503: ("The database or Redis does not answer.", "unavailable"),
}
_READ = (401, 403, 422, 429, 503)
_WRITE = (400, *_READ, 413, 415)


def failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the failures of a route for the documentation."""
    described: dict[int | str, dict[str, Any]] = {}
    for status in sorted(set(statuses)):
        words, code = _WORDS[status]
        example = {"success": False, "error": {"code": code, "message": words}}
        described[status] = {
            "model": Failure,
            "description": words,
            "content": {"application/json": {"example": example}},
        }
    return described


def reading(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the failures of a route that reads, and the given ones."""
    return failures(*_READ, *statuses)


def writing(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the failures of a route that takes a JSON body, and the given ones."""
    return failures(*_WRITE, *statuses)


def shown(status: int, example: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """Show an example of a success in the documentation."""
    return {status: {"content": {"application/json": {"example": example}}}}


def answer(
    body: View | dict[str, Any], status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """Return a success as JSON."""
    if isinstance(body, dict):
        return JSONResponse(body, status_code=status, headers=headers)
    return Response(
        body.model_dump_json(by_alias=True),
        status_code=status,
        headers=headers,
        media_type="application/json",
    )
