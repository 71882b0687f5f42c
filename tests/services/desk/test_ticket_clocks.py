"""Why a ticket is due when it is, in words and days."""

from datetime import timedelta

import pytest

from tests.services.sla.desk import OFFICE, berlin, move, open_ticket, promise, say
from ticketdesk.errors import Forbidden, NotFound
from ticketdesk.services.desk import ticket_clocks


@pytest.fixture
def office(session, ada, clock):
    """Four hours to the first response, eight at medium priority, in office hours."""
    clock.move_to(berlin("2026-11-20T15:00"))
    promise(
        session,
        ada,
        firstResponseTime=240,
        resolutionTime=dict.fromkeys(("low", "medium", "high", "urgent", "critical"), 480),
        businessHours=OFFICE | {"holidays": ["2026-11-24"]},
    )


def by_kind(session, actor, ticket):
    found = ticket_clocks.explained(session, actor, ticket.id)
    return {clock["kind"]: clock for clock in found.clocks}


def test_the_days_of_a_clock_add_up_to_what_was_promised(session, grace, office):
    clocks = by_kind(session, grace, open_ticket(session, grace))
    first, whole = clocks["FIRST_RESPONSE"], clocks["RESOLUTION"]
    assert sum(day["counted"] for day in first["days"]) == 240
    assert sum(day["counted"] for day in whole["days"]) == 480
    assert first["words"] == "Due <2026-11-23T10:00>. 4 h left to count."
    assert first["sum"] == "4 h counted until then: what was promised"
    assert [day["date"] for day in first["days"]] == [
        "2026-11-20",
        "2026-11-21",
        "2026-11-22",
        "2026-11-23",
    ]


def test_seconds_of_the_creation_lose_no_minute_of_the_days(session, grace, office, clock):
    clock.shift(timedelta(seconds=30, microseconds=5))
    clocks = by_kind(session, grace, open_ticket(session, grace))
    assert sum(day["counted"] for day in clocks["RESOLUTION"]["days"]) == 480


def test_a_day_off_is_shown_as_one(session, grace, office, clock):
    clock.move_to(berlin("2026-11-23T17:00"))
    days = by_kind(session, grace, open_ticket(session, grace))["FIRST_RESPONSE"]["days"]
    assert [stretch["kind"] for stretch in days[1]["stretches"]] == ["holiday"]
    assert days[1]["words"] == "nothing"


def test_a_waiting_ticket_says_since_when_its_clock_stands_still(session, grace, office, clock):
    one = open_ticket(session, grace)
    say(session, grace, one, "Which printer?")
    clock.shift(timedelta(hours=1))
    move(session, grace, one, "WAITING_ON_CUSTOMER")
    clock.shift(timedelta(hours=1))
    whole = by_kind(session, grace, one)["RESOLUTION"]
    assert whole["state"] == "paused"
    assert whole["words"] == (
        "The clock stands still since <2026-11-20T16:00>. 7 h left to count when it goes on."
    )
    assert whole["sum"] == "1 h of 8 h counted so far"
    assert [stretch["kind"] for stretch in whole["days"][0]["stretches"]] == ["counted", "paused"]


def test_a_late_answer_is_missed_and_an_early_one_is_met(session, grace, office, clock):
    late, early = open_ticket(session, grace), open_ticket(session, grace)
    say(session, grace, early, "At once.")
    clock.move_to(berlin("2026-11-23T11:00"))
    say(session, grace, late, "At last.")
    states = [ticket_clocks.clocks(session, one)[0]["state"] for one in (late, early)]
    assert states == ["missed", "met"]
    words = by_kind(session, grace, late)["FIRST_RESPONSE"]["words"]
    assert words == ("Missed on <2026-11-23T11:00>, after 5 h; it was due <2026-11-23T10:00>.")


def test_an_overdue_clock_says_by_how_much(session, grace, office, clock):
    one = open_ticket(session, grace)
    clock.move_to(berlin("2026-11-23T10:45"))
    first = by_kind(session, grace, one)["FIRST_RESPONSE"]
    assert first["words"] == "Was due <2026-11-23T10:00>. 45 min too late."


def test_customers_learn_nothing_and_strangers_find_nothing(session, jane, bo, grace, office):
    one = open_ticket(session, grace)
    with pytest.raises(Forbidden):
        ticket_clocks.explained(session, jane, one.id)
    with pytest.raises(NotFound):
        ticket_clocks.explained(session, bo, one.id)


def test_a_ticket_that_ended_without_a_reply_kept_no_promise_to_reply(session, grace, office):
    one = open_ticket(session, grace)
    move(session, grace, one, "CANCELLED")
    found = by_kind(session, grace, one)
    assert found["FIRST_RESPONSE"]["state"] == "moot"
    assert found["FIRST_RESPONSE"]["words"].startswith("Over without a reply on")
    assert found["RESOLUTION"]["state"] == "met"
