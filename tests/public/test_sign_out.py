"""Leaving the desk by its address."""

import pytest
from starlette.testclient import TestClient

from tests.api.callers import token_of
from ticketdesk.public.app import public
from ticketdesk.settings import settings

pytestmark = pytest.mark.usefixtures("database")

TYPED = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}


@pytest.fixture
def browser(grace):
    """Grace's browser, which follows nothing by itself."""
    client = TestClient(public, base_url=settings().base_url, follow_redirects=False)
    client.cookies.set("ticketdesk_session", token_of(grace))
    return client


def is_signed_in(browser):
    return browser.get("/login").status_code == 303


def test_who_types_the_address_is_signed_out(browser):
    assert is_signed_in(browser)
    answer = browser.get("/logout", headers=TYPED)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert not is_signed_in(browser)


@pytest.mark.parametrize(
    "said",
    [
        {},
        TYPED | {"Sec-Fetch-Site": "cross-site"},
        TYPED | {"Sec-Fetch-Site": "same-origin"},
        TYPED | {"Sec-Fetch-Mode": "no-cors"},
        TYPED | {"Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_a_link_a_picture_and_a_page_loaded_ahead_only_ask(browser, said):
    answer = browser.get("/logout", headers=said)
    assert answer.status_code == 200
    assert "Sign out?" in answer.text
    assert is_signed_in(browser)


def test_the_form_of_another_site_signs_nobody_out(browser):
    answer = browser.post("/logout", headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert is_signed_in(browser)
