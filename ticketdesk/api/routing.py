"""What every route does before its own work: who, which query, which body."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, params
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response

from ticketdesk.api.bodies import read_json
from ticketdesk.api.caller import authenticate
from ticketdesk.errors import Invalid


class Reference(Convertor[str]):
    """An identifier or number in a path; anything else is an unknown address."""

    regex = r"(?!(?:stats|export|webhook)(?:/|$))[A-Za-z0-9_]{1,80}"

    def convert(self, value: str) -> str:
        """Return the identifier as it stands."""
        return value

    def to_string(self, value: str) -> str:
        """Return the identifier as it stands."""
        return value


register_url_convertor("ref", Reference())


class PublicRoute(APIRoute):
    """A route for anybody: unknown query parameters are refused, JSON is read strictly."""

    signed_in = False

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler with our own steps in front of the framework's."""
        handle = super().get_route_handler()
        known = _query_names(self.dependant)
        takes_json = bool(self.body_field) and not isinstance(
            self.body_field.field_info, params.Form
        )
        needs_json = bool(self.body_field) and self.body_field.field_info.is_required()

        async def run(request: Request) -> Response:
            if self.signed_in:
                request.state.caller = await authenticate(request)
            _check_query(request, known)
            if takes_json and (needs_json or _has_body(request)):
                await read_json(request)
            return await handle(request)

        return run


class SignedInRoute(PublicRoute):
    """A route for callers with a credential, which is looked at before anything else."""

    signed_in = True


def router(tag: str, *, public: bool = False) -> APIRouter:
    """Return the router of a resource.

    Args:
        tag: its heading in the documentation.
        public: whether callers without a credential are let in.
    """
    return APIRouter(tags=[tag], route_class=PublicRoute if public else SignedInRoute)


def _has_body(request: Request) -> bool:
    length = request.headers.get("content-length", "0")
    return length != "0" or "transfer-encoding" in request.headers


def _query_names(dependant: Dependant) -> set[str]:
    names: set[str] = set()
    for field in dependant.query_params:
        kind = field.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            names |= {info.alias or name for name, info in kind.model_fields.items()}
        else:
            names.add(field.alias)
    return names.union(*(_query_names(inner) for inner in dependant.dependencies))


def _check_query(request: Request, known: set[str]) -> None:
    """Refuse parameters that do nothing: a misspelt filter must not look like one that works."""
    problems: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in known:
            problems[name[:100]] = "There is no such parameter."
        elif len(request.query_params.getlist(name)) > 1:
            problems[name] = "Give this once, with commas between several values."
        elif "\x00" in value:
            problems[name] = "A NUL character cannot be used here."
    if problems:
        raise Invalid(f"Please check: {', '.join(problems)}.", fields=problems)
