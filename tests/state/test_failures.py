"""What people see when a handler fails."""

import logging

from reflex.event import Event

from ticketdesk.errors import Conflict, TooMany, Unauthenticated
from ticketdesk.state import failures


def event(exception: Exception) -> Event:
    return Event.from_event_type(failures.explain(exception))[0]


def message(exception: Exception) -> str:
    return event(exception).payload["message"]


def test_a_refusal_is_told_in_its_own_words():
    assert message(Conflict("A ticket cannot go there.")) == "A ticket cannot go there."


def test_a_limit_says_how_long_to_wait():
    assert message(TooMany("slow", retry_after=7)).endswith("Try again in 7 seconds.")


def test_an_ended_session_leads_to_the_login():
    assert event(Unauthenticated("Sign in first.")).name.endswith("shell_state.end")


def test_a_fault_shows_a_reference_that_stands_in_the_log_and_none_of_its_text(caplog):
    with caplog.at_level(logging.ERROR):
        shown = message(RuntimeError("password=hunter2 in table users"))
    assert "hunter2" not in shown
    assert "users" not in shown
    assert caplog.records[-1].args[0] in shown
