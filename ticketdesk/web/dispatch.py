"""Hands each request to the part of the product that owns its address."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send


class Lifespan(Protocol):
    """What runs from the start of the process to its end."""

    def __call__(self, app: Starlette) -> AbstractAsyncContextManager[None]:
        """Return the context that lasts as long as the process."""
        ...


class Dispatch:
    """Routes by the first part of the path, without touching the path itself.

    Args:
        owners: application by prefix; a prefix owns itself and everything below it.
        otherwise: whoever owns the rest.
        lifespan: what to run for as long as the process lives.
    """

    def __init__(
        self, owners: Mapping[str, ASGIApp], *, otherwise: ASGIApp, lifespan: Lifespan
    ) -> None:
        self._owners = owners
        self._otherwise = otherwise
        self._life = Starlette(lifespan=lifespan)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request, websocket or lifespan on."""
        if scope["type"] == "lifespan":
            await self._life(scope, receive, send)
            return
        prefix = "/" + scope["path"].lstrip("/").split("/", 1)[0]
        await self._owners.get(prefix, self._otherwise)(scope, receive, send)
