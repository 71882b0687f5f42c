"""The outermost layer of the API: request ids, private answers, and no exception text outside."""

import secrets

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ticketdesk.api import failures

log = structlog.get_logger(__name__)


class Frame:
    """Wraps the API.

    The web composition gives a request its id; an API that runs alone does it here.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on; answer for it when it fails unforeseen."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        own_id = None if "request_id" in state else secrets.token_hex(8)
        request_id = state.setdefault("request_id", own_id)
        started = False

        async def completed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", "private, no-cache")
                headers.setdefault("X-Content-Type-Options", "nosniff")
                if own_id:
                    headers["X-Request-Id"] = own_id
            await send(message)

        try:
            await self._app(scope, receive, completed)
        except Exception:
            log.exception("request_failed", path=scope["path"], request_id=request_id)
            if started:
                raise
            await failures.fault(request_id)(scope, receive, completed)
