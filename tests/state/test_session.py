"""From a websocket to whoever sits behind it."""

from types import SimpleNamespace

import pytest

from ticketdesk.state.session import session_token


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
