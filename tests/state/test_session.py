"""From a websocket to whoever sits behind it."""

from types import SimpleNamespace

import pytest

from ticketdesk.state.session import owner_digest, session_token


def page(cookie: str):
    return SimpleNamespace(router=SimpleNamespace(headers=SimpleNamespace(cookie=cookie)))


@pytest.mark.parametrize(
    ("cookie", "token"),
    [
        ("ticketdesk_session=tds_abc", "tds_abc"),
        ("a=b; ticketdesk_session=tds_abc; c=d", "tds_abc"),
        ("x_ticketdesk_session=tds_abc", None),
        ("ticketdesk_session=", None),
        ("", None),
    ],
)
def test_the_session_is_the_cookie_of_that_exact_name(cookie, token):
    assert session_token(page(cookie)) == token


def test_two_sessions_have_different_owners_and_none_shows_its_token():
    one, other = owner_digest(page("ticketdesk_session=a")), owner_digest(page(""))
    assert one != other
    assert len(one) == len(other) == 16
