"""Which part answers which address."""

import pytest
from starlette.responses import PlainTextResponse

from tests.web.asgi_calls import get
from ticketdesk.web.dispatch import Dispatch


def part(name: str):
    async def app(scope, receive, send):
        await PlainTextResponse(f"{name} {scope['path']}")(scope, receive, send)

    return app


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "public /"),
        ("/api", "api /api"),
        ("/api/tickets/1", "api /api/tickets/1"),
        ("/apiary", "static /apiary"),
        ("/app/tickets/1003", "static /app/tickets/1003"),
        ("/login", "public /login"),
    ],
)
async def test_the_first_part_of_a_path_decides(path, expected):
    owners = {"/": part("public"), "/login": part("public"), "/api": part("api")}
    app = Dispatch(owners, otherwise=part("static"), lifespan=None)  # type: ignore[arg-type]
    assert (await get(app, path)).text == expected
