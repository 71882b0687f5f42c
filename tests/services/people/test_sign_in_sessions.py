"""The list of one's own sign-ins."""

import pytest

from tests.support.cast import PASSWORD
from ticketdesk.errors import NotFound
from ticketdesk.services import auth, credentials, sign_in_sessions

pytestmark = pytest.mark.usefixtures("redis", "clock")

CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36"


def sign_in(session, email="grace@acme.example"):
    token = auth.sign_in(session, email, PASSWORD, user_agent=CHROME).token
    return credentials.resolve(session, session_token=token)


def test_each_device_is_listed_and_can_be_signed_out(system_session):
    here, there = sign_in(system_session), sign_in(system_session)
    rows = sign_in_sessions.list_mine(system_session, here)
    assert [row.device for row in rows] == ["Chrome on Windows"] * 2
    assert {row.id: row.is_current for row in rows}[here.session_id]
    sign_in_sessions.end(system_session, here, there.session_id)
    assert [row.id for row in sign_in_sessions.list_mine(system_session, here)] == [here.session_id]


def test_signing_out_everywhere_else_keeps_this_one(system_session):
    here = sign_in(system_session)
    sign_in(system_session)
    assert sign_in_sessions.end_others(system_session, here) == 1
    assert len(sign_in_sessions.list_mine(system_session, here)) == 1


def test_somebody_elses_session_is_not_there(system_session):
    grace, linus = sign_in(system_session), sign_in(system_session, "linus@acme.example")
    with pytest.raises(NotFound):
        sign_in_sessions.end(system_session, grace, linus.session_id)


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (None, "Unknown program"),
        ("curl/8.1", "curl"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 20 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("Something/1", "Something/1"),
    ],
)
def test_a_device_is_named_in_words_people_know(agent, device):
    assert sign_in_sessions.device_of(agent) == device
