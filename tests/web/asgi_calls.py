"""Calls an ASGI application without a server."""

import httpx
from starlette.types import ASGIApp


async def get(app: ASGIApp, path: str, **headers: str) -> httpx.Response:
    """GET a path; headers by their names with `_` for `-`. The body stays as it was sent."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.test") as client:
        named = {"accept-encoding": "identity"} | {
            k.replace("_", "-"): v for k, v in headers.items()
        }
        return await client.get(path, headers=named)
