"""The first paint: what an account prefers goes with the page."""

import pytest
from starlette.requests import Request
from starlette.responses import Response

from ticketdesk import unit_of_work
from ticketdesk.errors import Forbidden
from ticketdesk.services.people.preferences import Preferences, PreferencesView
from ticketdesk.web import look


def request(cookies: str) -> Request:
    return Request({"type": "http", "headers": [(b"cookie", cookies.encode())]})


@pytest.fixture
def preferring(monkeypatch):
    """Whoever asks prefers the dark, compact, in German; or is nobody who has preferences."""

    def is_known(known: bool) -> None:
        async def answer(_credential, _service):
            if not known:
                raise Forbidden("Only members have preferences.")
            liked = Preferences(theme="dark", density="compact", date_language="de")
            return PreferencesView(preferences=liked, is_away=False)

        monkeypatch.setattr(unit_of_work, "acall", answer)

    return is_known


async def test_a_new_browser_hears_it_with_the_page(preferring):
    preferring(True)
    answer = Response()
    await look.tell(request("ticketdesk_session=x"), answer)
    assert answer.headers["set-cookie"].startswith("ticketdesk_look=dark.compact.de;")


async def test_a_browser_that_knows_hears_nothing(preferring):
    preferring(True)
    answer = Response()
    await look.tell(request("ticketdesk_session=x; ticketdesk_look=dark.compact.de"), answer)
    assert "set-cookie" not in answer.headers


async def test_who_has_no_preferences_is_told_none(preferring):
    preferring(False)
    answer = Response()
    await look.tell(request("ticketdesk_session=x"), answer)
    assert "set-cookie" not in answer.headers
