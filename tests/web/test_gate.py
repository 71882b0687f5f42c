"""Who gets the staff app's shell, and where the others are led."""

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from tests.api.callers import token_of
from ticketdesk.public.app import public
from ticketdesk.settings import settings
from ticketdesk.web import gate

pytestmark = pytest.mark.usefixtures("database")


def request(token: str) -> Request:
    cookie = f"{gate.COOKIE}={token}".encode()
    return Request({"type": "http", "headers": [(b"cookie", cookie)]})


async def test_the_shell_is_for_those_who_work_here(ada, grace, jane):
    assert await gate.is_staff(request(token_of(ada)))
    assert await gate.is_staff(request(token_of(grace)))
    assert not await gate.is_staff(request(token_of(jane)))
    assert not await gate.is_staff(request("nobody"))


def test_the_login_leads_a_customer_on_to_the_portal(jane):
    client = TestClient(public, base_url=settings().base_url, follow_redirects=False)
    client.cookies.set(gate.COOKIE, token_of(jane))
    answer = client.get("/login?next=/app/tickets/1001")
    assert (answer.status_code, answer.headers["location"]) == (303, "/portal")
