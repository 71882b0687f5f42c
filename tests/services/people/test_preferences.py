"""One's own preferences: kept with the account, checked, and used where they matter."""

import pytest

from ticketdesk.errors import Invalid
from ticketdesk.models import User
from ticketdesk.services.desk.frame import frame
from ticketdesk.services.people import preferences


def test_what_was_never_set_has_its_default(session, grace):
    kept = preferences.read(session, grace)
    assert (kept.preferences.density, kept.preferences.theme) == ("comfortable", "system")
    assert kept.preferences.mail_on_mention is True
    assert kept.preferences.mail_on_reply is False
    assert kept.is_away is False


def test_preferences_stay_with_the_account_and_leave_other_keys_alone(session, grace, linus):
    user = session.get_one(User, grace.user_id)
    user.preferences = {"workingHours": {"timezone": "UTC"}}
    wanted = {"mailSignature": "Grace\nAcme", "density": "compact", "theme": "dark"}
    preferences.save(session, grace, wanted, is_away=True)
    kept = preferences.read(session, grace)
    assert (kept.preferences.mail_signature, kept.is_away) == ("Grace\nAcme", True)
    assert user.preferences["workingHours"] == {"timezone": "UTC"}
    assert user.is_available is False
    assert frame(session, grace).look["density"] == "compact"
    assert preferences.read(session, linus).preferences.density == "comfortable"


def test_the_first_screen_is_the_view_one_chose(session, grace):
    assert preferences.start(session, grace) == "/app/tickets"
    preferences.save(session, grace, {"defaultView": "mine"}, is_away=False)
    assert preferences.start(session, grace) == "/app/tickets?view=mine"


@pytest.mark.parametrize(
    "values",
    [
        {"theme": "pink"},
        {"defaultView": "//evil.example"},
        {"dateLanguage": "xx"},
        {"mailSignature": "x" * 3000},
        {"role": "ADMIN"},
        {"browserNotifications": "perhaps"},
    ],
)
def test_what_is_no_choice_is_refused_and_changes_nothing(session, grace, values):
    with pytest.raises(Invalid):
        preferences.save(session, grace, values, is_away=True)
    assert preferences.read(session, grace).is_away is False
