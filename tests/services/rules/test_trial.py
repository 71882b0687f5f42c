"""Trying a rule on the last 90 days: what would have been touched, as it was then."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import func, select

from tests.services.rules.desk import asks, make_rule
from tests.services.sla.desk import move, open_ticket, say
from ticketdesk.errors import Forbidden, Invalid
from ticketdesk.models import Rule, RuleRun, TicketActivity
from ticketdesk.services.rules import trial as module
from ticketdesk.services.rules.trial import Trial, TrialInput, try_rule
from ticketdesk.services.tickets.commands import UpdateTicket
from ticketdesk.services.tickets.update import update


def _try(session, admin, **values: Any) -> Trial:
    standing = {"triggers": ["TICKET_CREATED"], "actions": [{"type": "ADD_TAGS", "tags": ["x"]}]}
    return try_rule(session, admin, TrialInput.parse(standing | values))


def _changes(trial: Trial) -> list[tuple[str, Any, Any]]:
    return [(one.field, one.before, one.after) for one in trial.tickets[0].changes]


def test_tickets_are_judged_as_they_were_when_the_trigger_happened(
    session, ada, grace, clock
) -> None:
    ticket = open_ticket(session, grace, priority="LOW", tags=["early"])
    clock.shift(timedelta(hours=1))
    change = {"priority": "HIGH", "subject": "Renamed", "tags": ["late"]}
    update(session, grace, ticket.id, UpdateTicket.parse(change))

    created = _try(
        session, ada,
        conditions={"all": [
            asks("priority", "IS", "LOW"), asks("subject", "CONTAINS", "printer"),
            asks("tags", "CONTAINS", "early"),
        ]},
    )  # fmt: skip
    updated = _try(
        session, ada, triggers=["TICKET_UPDATED"],
        conditions={"all": [asks("priority", "CHANGED_FROM", "LOW")]},
    )  # fmt: skip

    assert (created.matched, updated.matched) == (1, 1)
    assert created.tickets[0].at == ticket.created_at
    assert _changes(created) == [("tags", ["early"], ["early", "x"])]


def test_messages_are_those_of_the_time(session, ada, grace, jane, clock) -> None:
    ticket = open_ticket(session, jane)
    clock.shift(60)
    say(session, jane, ticket, "I want a refund")
    clock.shift(60)
    say(session, grace, ticket, "No refund, sorry")
    clock.shift(60)
    say(session, jane, ticket, "Then goodbye")
    asking = {"all": [asks("latestMessage", "CONTAINS", "refund")]}

    by_customer = _try(session, ada, triggers=["CUSTOMER_RESPONDED"], conditions=asking)
    by_agent = _try(session, ada, triggers=["AGENT_RESPONDED"], conditions=asking)
    by_creation = _try(session, ada, conditions=asking)

    assert (by_customer.matched, by_agent.matched, by_creation.matched) == (1, 1, 0)


def test_a_ticket_is_listed_once_with_how_often(session, ada, jane, clock) -> None:
    ticket = open_ticket(session, jane)
    for _ in range(3):
        clock.shift(60)
        say(session, jane, ticket, "Hello?")

    found = _try(session, ada, triggers=["CUSTOMER_RESPONDED"])

    assert (found.matched, found.tickets[0].times) == (1, 3)
    assert found.tickets[0].at == ticket.last_message_at


def test_a_rule_that_would_have_changed_nothing_touches_nothing(session, ada, grace, clock) -> None:
    open_ticket(session, grace, tags=["x"])

    assert _try(session, ada).matched == 0


def test_only_the_period_counts(session, ada, grace, clock) -> None:
    open_ticket(session, grace)
    clock.shift(timedelta(days=91))
    open_ticket(session, grace)

    assert _try(session, ada).matched == 1
    clock.shift(timedelta(days=20))
    assert _try(session, ada, days=10).matched == 0


def test_a_scheduled_rule_shows_what_it_would_close(session, ada, grace, clock) -> None:
    resolved, fresh = open_ticket(session, grace), open_ticket(session, grace)
    move(session, grace, resolved, "RESOLVED")
    clock.shift(timedelta(days=8))
    move(session, grace, fresh, "RESOLVED")

    found = _try(
        session, ada, triggers=["TIME_PASSED"],
        passed={"hours": 168, "since": "STATUS_CHANGED"},
        conditions={"all": [asks("status", "IS", "RESOLVED")]}, actions=[{"type": "CLOSE"}],
    )  # fmt: skip

    assert [one.ticket_id for one in found.tickets] == [resolved.id]
    assert _changes(found) == [("status", "RESOLVED", "CLOSED")]


def test_names_are_shown_instead_of_identifiers(session, ada, grace, linus, clock) -> None:
    open_ticket(session, grace)

    found = _try(
        session, ada,
        actions=[
            {"type": "ASSIGN_TO_AGENT", "agentId": linus.user_id},
            {"type": "ASSIGN_ROUND_ROBIN", "agentIds": [grace.user_id]},
            {"type": "RAISE_PRIORITY"},
        ],
    )  # fmt: skip

    assert _changes(found) == [
        ("assignedTo", None, "Linus Torvalds"),
        ("assignedTo", None, "the next of Grace Hopper"),
        ("priority", "MEDIUM", "HIGH"),
    ]


def test_nothing_is_written(session, ada, grace, clock) -> None:
    open_ticket(session, grace)
    make_rule(session, ada)
    counted = [select(func.count()).select_from(model) for model in (Rule, RuleRun, TicketActivity)]
    before = [session.exec(query).one() for query in counted]

    _try(session, ada)

    assert [session.exec(query).one() for query in counted] == before


def test_a_long_past_is_looked_at_up_to_a_bound(
    session, ada, grace, clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_STEP", 2)
    monkeypatch.setattr(module, "_MOST_TICKETS", 4)
    tickets = []
    for _ in range(6):
        clock.shift(60)
        tickets.append(open_ticket(session, grace))

    found = _try(session, ada)

    assert (found.matched, found.looked_at, found.is_capped) == (4, 4, True)
    assert found.since == tickets[2].created_at


def test_only_admins_try_and_only_what_makes_sense(session, ada, grace, clock) -> None:
    with pytest.raises(Forbidden):
        _try(session, grace)
    with pytest.raises(Invalid):
        _try(session, ada, actions=[{"type": "ASSIGN_TO_AGENT", "agentId": "user_gone"}])
    with pytest.raises(Invalid):
        _try(session, ada, days=91)
