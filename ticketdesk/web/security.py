"""What every answer tells the browser to refuse, and whose pages may open a websocket."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_FRAMED = ("/embed/", "/eclipse-ticket-widget")
_HSTS = "max-age=31536000"


def content_policy(base_url: str, script_hashes: Iterable[str]) -> str:
    """The content security policy of the staff app and the public pages.

    Args:
        base_url: scheme and host of the installation; its websocket is the only connection allowed.
        script_hashes: sources for the inline scripts that we wrote ourselves.
    """
    parts = urlsplit(base_url)
    websocket = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}"
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' {' '.join(script_hashes)}".strip(),
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            f"connect-src 'self' {websocket}",
            "manifest-src 'self'",
            "frame-src 'self'",
            "frame-ancestors 'none'",
            "form-action 'self'",
            "base-uri 'none'",
        ]
    )


class SecurityHeaders:
    """Adds the security headers to every answer that does not set them itself.

    Args:
        app: the application inside.
        policy: the content security policy for pages.
        https: whether browsers reach us encrypted, so that they may insist on it.
    """

    def __init__(self, app: ASGIApp, *, policy: str, https: bool) -> None:
        self._app = app
        self._headers = _ALWAYS | ({"Strict-Transport-Security": _HSTS} if https else {})
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on and complete its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        framed = scope["path"].startswith(_FRAMED)

        async def completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if not framed:
                    headers.setdefault("Content-Security-Policy", self._policy)
                    headers.setdefault("X-Frame-Options", "DENY")
            await send(message)

        await self._app(scope, receive, completed)


class OriginGuard:
    """Refuses a websocket that a page of somebody else's opens.

    A browser always names the page's origin when it opens a websocket, and sends our cookie with
    it; without this check any site could act as the person who visits it.

    Args:
        app: the application inside.
        origins: those allowed.
    """

    def __init__(self, app: ASGIApp, *, origins: tuple[str, ...]) -> None:
        self._app = app
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close a foreign websocket before it is accepted; pass everything else on."""
        if scope["type"] == "websocket" and Headers(scope=scope).get("origin") not in self._origins:
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "foreign origin"})
            return
        await self._app(scope, receive, send)
