"""Whether this installation lives, is ready, and how it is doing."""

import hashlib
import hmac
import ipaddress

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from ticketdesk import metrics, unit_of_work
from ticketdesk.errors import Forbidden
from ticketdesk.services import health
from ticketdesk.settings import settings
from ticketdesk.web.client_address import client_address

routes = APIRouter(include_in_schema=False)


@routes.api_route("/healthz", methods=["GET", "HEAD"])
async def healthz() -> Response:
    """Tell that this process answers."""
    return JSONResponse(health.live())


@routes.api_route("/readyz", methods=["GET", "HEAD"])
def readyz() -> Response:
    """Tell whether database, schema, Redis and storage are well: 200, or 503."""
    found = health.ready()
    return JSONResponse(found.body(), status_code=200 if found.ok else 503)


@routes.get("/metrics")
def prometheus(request: Request) -> Response:
    """Give the figures to this machine, or to whoever has the token.

    Raises:
        Forbidden: from elsewhere and without the token.
    """
    if not (_is_this_machine(request) or _has_token(request)):
        raise Forbidden("Metrics are for this machine, or for a bearer of the metrics token.")
    return Response(
        metrics.exposition(unit_of_work.across(health.measure)),
        media_type="text/plain; version=0.0.4; charset=utf-8",
    )


def metrics_token() -> str:
    """Return the token of /metrics, derived from the secret key so that no file has to keep it."""
    return "tdm_" + hmac.new(settings().secret_key, b"metrics", hashlib.sha256).hexdigest()


def _has_token(request: Request) -> bool:
    _, _, token = request.headers.get("authorization", "").partition(" ")
    return hmac.compare_digest(token.strip().encode(), metrics_token().encode())


def _is_this_machine(request: Request) -> bool:
    """Whether the request starts here; one that an unlisted proxy passes on does not."""
    address = client_address(request)
    peer = request.client.host if request.client else ""
    passed_on = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    if passed_on and address == peer:
        return False
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
