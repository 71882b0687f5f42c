"""Every request gets an id, a log line, its place in the metrics and, where wanted, a trace."""

import re
import secrets
from time import perf_counter

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ticketdesk import counters, logs, telemetry

_GIVEN_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_QUIET = {"/healthz", "/readyz", "/metrics"}
_SLOW = 1.0

log = structlog.get_logger("ticketdesk.request")


class Observed:
    """Wraps the whole application; websockets get their id, too, but no timing."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on and note how it went."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value for name, value in scope["headers"]}
        request_id = _request_id(headers.get("x-request-id", b""))
        scope.setdefault("state", {})["request_id"] = request_id
        with logs.bound(request_id=request_id):
            if scope["type"] == "websocket":
                with counters.CLIENTS.track_inprogress():
                    await self._app(scope, receive, send)
                return
            carrier = {"traceparent": headers.get("traceparent", b"").decode("latin-1")}
            name = f"{scope['method']} {_area(scope['path'])}"
            with telemetry.span(name, {"http.request.method": scope["method"]}, carrier):
                await self._timed(scope, receive, send, request_id)

    async def _timed(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        began, status = perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message.setdefault("headers", [])
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", request_id.encode()),
                ]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            seconds = perf_counter() - began
            route = _route(scope)
            counters.REQUESTS.labels(scope["method"], route, str(status)).inc()
            counters.REQUEST_SECONDS.labels(route).observe(seconds)
            if scope["path"] not in _QUIET:
                _tell(scope["method"], route, status, seconds)


def _tell(method: str, route: str, status: int, seconds: float) -> None:
    """One log line: of every API call, of the rest only what failed or was slow."""
    facts = {
        "method": method,
        "route": route,
        "status": status,
        "milliseconds": round(seconds * 1000, 1),
    }
    if status >= 500 or seconds > _SLOW:
        log.warning("request", **facts)
    elif route.startswith("/api"):
        log.info("request", **facts)


def _request_id(given: bytes) -> str:
    return given.decode() if _GIVEN_ID.fullmatch(given) else secrets.token_hex(8)


def _route(scope: Scope) -> str:
    """The route's pattern, or the area of the path: never the path, whose ids have no end."""
    pattern = getattr(scope.get("route"), "path", None)
    return pattern if isinstance(pattern, str) and pattern else _area(scope["path"])


def _area(path: str) -> str:
    first = path.lstrip("/").split("/", 1)[0]
    known = {"api", "app", "assets", "embed", "portal", "track", "login", "logout", "healthz"}
    return f"/{first}" if first in known or f"/{first}" in _QUIET else "other"
