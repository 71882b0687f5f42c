"""What answers tell a browser to refuse, and whose pages get a websocket."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.web.asgi_calls import get
from ticketdesk.web.origins import allowed_origins
from ticketdesk.web.security import OriginGuard, SecurityHeaders, content_policy

POLICY = content_policy("https://desk.example.com", ["'sha256-abc='"])


def app(*, https: bool = True):
    async def hello(_request):
        return PlainTextResponse("hello")

    routes = [Route("/app/tickets", hello), Route("/embed/tickets", hello)]
    return SecurityHeaders(Starlette(routes=routes), policy=POLICY, https=https)


async def test_every_page_carries_a_policy_without_inline_scripts_and_without_other_hosts():
    headers = (await get(app(), "/app/tickets")).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self' 'sha256-abc='" in policy
    assert "unsafe" not in policy
    assert "connect-src 'self' wss://desk.example.com" in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["strict-transport-security"]


async def test_only_the_embedded_form_may_stand_in_a_frame():
    headers = (await get(app(), "/embed/tickets")).headers
    assert "x-frame-options" not in headers


async def test_a_desk_without_https_does_not_insist_on_it():
    assert "strict-transport-security" not in (await get(app(https=False), "/app/tickets")).headers


@pytest.mark.parametrize(
    ("base_url", "origin", "welcome"),
    [
        ("https://desk.example.com", "https://desk.example.com", True),
        ("https://desk.example.com", "https://evil.example", False),
        ("https://desk.example.com", "http://desk.example.com", False),
        ("https://desk.example.com", "null", False),
        ("https://desk.example.com", None, False),
        ("http://localhost:8000", "http://127.0.0.1:8000", True),
        ("http://localhost:8000", "http://localhost:9000", False),
    ],
)
async def test_only_our_own_pages_get_a_websocket(base_url, origin, welcome):
    reached, sent = [], []

    async def inside(scope, _receive, _send):
        reached.append(scope)

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    headers = [] if origin is None else [(b"origin", origin.encode())]
    scope = {"type": "websocket", "path": "/_event", "headers": headers}
    await OriginGuard(inside, origins=allowed_origins(base_url))(scope, receive, send)
    assert bool(reached) is welcome
    assert [m["type"] for m in sent] == ([] if welcome else ["websocket.close"])
