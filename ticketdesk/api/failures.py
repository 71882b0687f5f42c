"""Every failure in the one shape of contract.md: `{"success": false, "error": {…}}`."""

from collections.abc import Callable
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from redis import RedisError
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from ticketdesk.errors import Conflict, Malformed, TicketDeskError, TooMany, Unavailable
from ticketdesk.models.wire import of_problems

_NO_ANSWER = "The database or Redis does not answer right now. Try again in a few seconds."
_COLLISION = "Somebody changed the same thing at the same moment. Load it again."
_FAULT = "Something went wrong on our side. Quote the request id when you report it."

_HTTP = {
    400: ("malformed", "The request cannot be read."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take this method."),
    413: ("too_large", "The request is too large."),
    415: ("unsupported_kind", "This content type is not accepted."),
}

log = structlog.get_logger(__name__)


def body_of(error: TicketDeskError) -> dict[str, Any]:
    """Return the JSON body of an error."""
    facts: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.fields:
        facts["fields"] = error.fields
    return {"success": False, "error": error.details | facts}


def answer(error: TicketDeskError) -> JSONResponse:
    """Return the HTTP answer of an error, with the headers its status calls for."""
    response = JSONResponse(body_of(error), status_code=error.status)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    if error.status == 503:
        response.headers["Retry-After"] = "5"
    return response


def fault(request_id: str) -> JSONResponse:
    """Return the answer to an unexpected exception: a constant text and the request's id."""
    body = {"code": "internal_error", "message": _FAULT, "requestId": request_id}
    return JSONResponse({"success": False, "error": body}, status_code=500)


def install(api: FastAPI) -> None:
    """Make the application answer every foreseen exception in this shape."""
    handlers: dict[type[Exception], Callable[[Request, Any], JSONResponse]] = {
        TicketDeskError: lambda request, error: answer(error),
        RequestValidationError: _not_valid,
        HTTPException: lambda request, error: _http(api, request, error),
        OperationalError: _no_answer,
        InterfaceError: _no_answer,
        PoolTimeout: _no_answer,
        RedisError: _no_answer,
        IntegrityError: _collision,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _not_valid(request: Request, error: RequestValidationError) -> JSONResponse:
    """The framework's own findings, without the place (body, query, header) in front."""
    problems = [{**problem, "loc": problem["loc"][1:]} for problem in error.errors()]
    if any(problem["type"] == "json_invalid" for problem in problems):
        return answer(Malformed("The body is not JSON."))
    return answer(of_problems(problems))


def _http(api: FastAPI, request: Request, error: HTTPException) -> JSONResponse:
    code, message = _HTTP.get(error.status_code, ("error", str(error.detail)))
    body = {"success": False, "error": {"code": code, "message": message}}
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_methods(api, request)) or headers.get("Allow", "GET")
    return JSONResponse(body, status_code=error.status_code, headers=headers)


def _methods(api: FastAPI, request: Request) -> list[str]:
    """The methods of the address, which may be spread over several routes."""
    path = getattr(request.scope.get("route"), "path_format", None)
    return sorted(method.upper() for method in api.openapi()["paths"].get(path, ()))


def _no_answer(request: Request, error: Exception) -> JSONResponse:
    log.warning("dependency_failed", kind=type(error).__name__, error=str(error))
    return answer(Unavailable(_NO_ANSWER))


def _collision(request: Request, error: IntegrityError) -> JSONResponse:
    log.warning("collision", error=str(error.orig))
    return answer(Conflict(_COLLISION))
