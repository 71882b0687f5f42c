"""Forgotten passwords, invitations and the second step, page by page."""

import httpx
import pyotp
import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from tests.support.cast import PASSWORD
from ticketdesk import unit_of_work
from ticketdesk.models import OutboxEvent
from ticketdesk.public.app import public
from ticketdesk.services import second_factor
from ticketdesk.services.sealing import unseal
from ticketdesk.settings import settings

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def browser():
    """A browser that follows nothing by itself and says where it comes from."""
    return TestClient(
        public,
        base_url=settings().base_url,
        follow_redirects=False,
        headers={"origin": settings().base_url},
    )


def newest_token():
    def read(session):
        newest = session.exec(select(OutboxEvent).order_by(OutboxEvent.id.desc())).first()
        return unseal(newest.payload["sealedToken"]) if newest else None

    return unit_of_work.across(read)


def test_the_answer_to_a_forgotten_password_does_not_tell_members_from_strangers(browser):
    member = browser.post("/forgot", data={"email": "grace@acme.example"})
    stranger = browser.post("/forgot", data={"email": "nobody@acme.example"})
    assert member.status_code == stranger.status_code == 200
    assert member.text.replace("grace@", "nobody@") == stranger.text


@pytest.mark.parametrize("email", ["grace@acme.example", "nobody@acme.example"])
async def test_whether_there_is_such_a_member_is_looked_up_behind_the_answer(
    email, database, redis, monkeypatch
):
    happened = []
    across = unit_of_work.across

    def looked_up(service, *args, **kwargs):
        happened.append(service.__name__)
        return across(service, *args, **kwargs)

    async def answered(scope, receive, send):
        async def tell(message):
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                happened.append("answered")

        await public(scope, receive, tell)

    monkeypatch.setattr(unit_of_work, "across", looked_up)
    transport = httpx.ASGITransport(answered)
    async with httpx.AsyncClient(transport=transport, base_url=settings().base_url) as client:
        origin = {"origin": settings().base_url}
        assert (await client.post("/forgot", data={"email": email}, headers=origin)).is_success
    assert happened == ["answered", "send"]


def test_with_the_link_one_chooses_a_password_and_signs_in(browser):
    browser.post("/forgot", data={"email": "grace@acme.example"})
    path = f"/reset/{newest_token()}"
    assert browser.get(path).status_code == 200
    chosen = {"password": "a brand new one", "repeated": "another new one"}
    assert browser.post(path, data=chosen).status_code == 422
    chosen["repeated"] = "a brand new one"
    done = browser.post(path, data=chosen)
    assert done.headers["location"] == "/login?changed=1"
    assert browser.post(path, data=chosen).status_code == 404
    answer = browser.post(
        "/login", data={"email": "grace@acme.example", "password": "a brand new one"}
    )
    assert answer.status_code == 303


@pytest.mark.parametrize("path", ["/reset/tdl_nonsense", "/invitation/tdl_nonsense"])
def test_an_unknown_link_is_over(browser, path):
    assert browser.get(path).status_code == 404
    data = {"password": "a long enough one", "repeated": "a long enough one"}
    assert browser.post(path, data=data).status_code == 404


def test_another_sites_form_changes_nothing(browser):
    foreign = {"origin": "https://evil.example"}
    assert (
        browser.post("/forgot", data={"email": "g@a.example"}, headers=foreign).status_code == 403
    )
    answer = browser.post("/login/code", data={"challenge": "x", "code": "1"}, headers=foreign)
    assert answer.status_code == 403


def test_a_member_with_a_second_factor_gives_a_code_before_the_cookie_comes(browser, grace):
    secret = unit_of_work.as_actor(grace, second_factor.begin).secret
    code = pyotp.TOTP(secret).now()
    recovery = unit_of_work.as_actor(grace, second_factor.confirm, code)
    asked = browser.post("/login", data={"email": "grace@acme.example", "password": PASSWORD})
    assert asked.status_code == 200
    assert "set-cookie" not in asked.headers
    challenge = asked.text.split('name="challenge" value="')[1].split('"')[0]
    wrong = browser.post("/login/code", data={"challenge": challenge, "code": "000000"})
    assert wrong.status_code == 401
    right = browser.post(
        "/login/code",
        data={"challenge": challenge, "code": recovery[0], "next": "//evil.example/"},
    )
    assert right.headers["location"] == "/"
    cookie = right.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
