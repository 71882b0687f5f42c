"""Rules that wait for time to pass (semantics.md, Rules)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from tests.services.rules.desk import asks, by_rules, make_rule, row_of
from tests.services.sla.desk import move, open_ticket, say
from ticketdesk import db, unit_of_work
from ticketdesk.actor import system_actor
from ticketdesk.models import RuleRun, Ticket
from ticketdesk.models.enums import TicketStatus
from ticketdesk.services.rules import manage, scheduled
from ticketdesk.services.rules.definition import RulePatch
from ticketdesk.services.tickets.commands import UpdateTicket
from ticketdesk.services.tickets.update import update

WEEK = timedelta(days=7)
CLOSING: dict[str, Any] = {
    "triggers": ["TIME_PASSED"],
    "passed": {"hours": 168, "since": "STATUS_CHANGED"},
    "conditions": {"all": [asks("status", "IS", "RESOLVED")]},
    "actions": [{"type": "CLOSE"}],
}


def _run(session, rule) -> None:
    actor = system_actor(rule_organization(session, rule))
    while scheduled.run_batch(session, actor, rule.id):
        continue


def rule_organization(session, rule) -> str:
    """The organization a rule belongs to."""
    return row_of(session, rule).organization_id


def test_a_ticket_is_closed_after_a_week_in_resolved_and_not_before(
    session, ada, grace, clock
) -> None:
    rule = make_rule(session, ada, "Close", **CLOSING)
    ticket = open_ticket(session, grace)
    move(session, grace, ticket, "RESOLVED")

    clock.shift(WEEK - timedelta(minutes=1))
    _run(session, rule)
    assert ticket.status == TicketStatus.RESOLVED

    clock.shift(timedelta(minutes=1))
    _run(session, rule)
    assert ticket.status == TicketStatus.CLOSED
    assert by_rules(session, ticket) == [("Close", "changed the status from RESOLVED to CLOSED")]


def test_a_reopened_ticket_begins_to_wait_anew(session, ada, grace, clock) -> None:
    rule = make_rule(session, ada, "Close", **CLOSING)
    ticket = open_ticket(session, grace)
    move(session, grace, ticket, "RESOLVED")
    clock.shift(timedelta(days=6))
    move(session, grace, ticket, "OPEN")
    move(session, grace, ticket, "RESOLVED")

    clock.shift(timedelta(days=2))
    _run(session, rule)
    assert ticket.status == TicketStatus.RESOLVED

    clock.shift(timedelta(days=5))
    _run(session, rule)
    assert ticket.status == TicketStatus.CLOSED


def test_a_new_rule_takes_up_what_came_due_in_the_last_ninety_days(
    session, ada, grace, clock
) -> None:
    ancient, old = open_ticket(session, grace), open_ticket(session, grace)
    move(session, grace, ancient, "RESOLVED")
    clock.shift(timedelta(days=50))
    move(session, grace, old, "RESOLVED")
    clock.shift(timedelta(days=60))

    _run(session, make_rule(session, ada, "Close", **CLOSING))

    assert (ancient.status, old.status) == (TicketStatus.RESOLVED, TicketStatus.CLOSED)


def test_a_ticket_is_looked_at_once_per_wait(session, ada, grace, clock) -> None:
    rule = make_rule(
        session, ada, "Nudge",
        triggers=["TIME_PASSED"], passed={"hours": 24, "since": "LAST_MESSAGE"},
        actions=[{"type": "ADD_TAGS", "tags": ["quiet"]}],
    )  # fmt: skip
    ticket = open_ticket(session, grace)
    for _ in range(5):
        clock.shift(timedelta(hours=13))
        _run(session, rule)
    assert len(by_rules(session, ticket)) == 1

    update(session, grace, ticket.id, UpdateTicket.parse({"tags": []}))
    say(session, grace, ticket, "Anything else?")
    clock.shift(timedelta(hours=25))
    _run(session, rule)

    assert ticket.tags == ["quiet"]
    assert len(by_rules(session, ticket)) == 2


def test_other_hours_do_not_repeat_what_was_done(session, ada, grace, clock) -> None:
    rule = make_rule(
        session, ada, "Note", triggers=["TIME_PASSED"], passed={"hours": 24, "since": "CREATED"},
        actions=[{"type": "ADD_NOTE", "content": "<p>A day old</p>"}],
    )  # fmt: skip
    ticket = open_ticket(session, grace)
    clock.shift(timedelta(hours=30))
    _run(session, rule)

    patch = RulePatch.parse({"passed": {"hours": 12, "since": "CREATED"}})
    manage.change(session, ada, rule.id, patch)
    _run(session, rule)

    assert len(by_rules(session, ticket)) == 1


def test_what_a_scheduled_rule_changes_sets_off_other_rules(session, ada, grace, clock) -> None:
    rule = make_rule(session, ada, "Close", **CLOSING)
    make_rule(
        session, ada, "Closed", triggers=["STATUS_CHANGED"],
        conditions={"all": [asks("status", "CHANGED_TO", "CLOSED")]},
    )  # fmt: skip
    ticket = open_ticket(session, grace)
    move(session, grace, ticket, "RESOLVED")
    version = ticket.version
    clock.shift(WEEK)

    _run(session, rule)

    assert ticket.tags == ["closed"]
    assert ticket.version == version + 1


def test_a_rule_that_is_off_looks_at_nothing(session, ada, grace, clock) -> None:
    rule = make_rule(session, ada, "Close", **CLOSING)
    ticket = open_ticket(session, grace)
    move(session, grace, ticket, "RESOLVED")
    manage.change(session, ada, rule.id, RulePatch.parse({"isActive": False}))
    clock.shift(WEEK)

    _run(session, rule)

    assert ticket.status == TicketStatus.RESOLVED


def _resolved(cast, ada, grace, clock, count: int):
    with db.tenant_session(cast.acme) as session:
        rule = make_rule(session, ada, "Close", **CLOSING)
        ids = []
        for _ in range(count):
            ticket = open_ticket(session, grace)
            move(session, grace, ticket, "RESOLVED")
            ids.append(ticket.id)
        session.commit()
    clock.shift(WEEK)
    return rule, ids


def test_a_ticket_that_somebody_is_changing_right_now_waits_for_the_next_run(
    database, cast, ada, grace, clock
) -> None:
    rule, (first, held, last) = _resolved(cast, ada, grace, clock, 3)

    with db.tenant_session(cast.acme) as agent:
        agent.exec(select(Ticket.id).where(Ticket.id == held).with_for_update()).one()
        assert not unit_of_work.as_system(cast.acme, scheduled.run_batch, rule.id)
        assert _closed(cast) == {first}
        agent.rollback()
    unit_of_work.as_system(cast.acme, scheduled.run_batch, rule.id)

    assert _closed(cast) == {first, held, last}


def test_a_ticket_that_was_changed_meanwhile_is_left_alone(
    database, cast, ada, grace, clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule, (first, changed) = _resolved(cast, ada, grace, clock, 2)
    real = scheduled._due

    def due_then_reopened(session, row, passed):
        found = real(session, row, passed)
        with db.tenant_session(cast.acme) as agent:
            move(agent, grace, agent.get(Ticket, changed), "OPEN")
            agent.commit()
        return found

    monkeypatch.setattr(scheduled, "_due", due_then_reopened)
    unit_of_work.as_system(cast.acme, scheduled.run_batch, rule.id)

    assert _closed(cast) == {first}


def test_two_workers_at_once_act_once_per_ticket(database, cast, ada, grace, clock) -> None:
    rule, ids = _resolved(cast, ada, grace, clock, 4)
    actor = system_actor(cast.acme)

    with db.tenant_session(cast.acme) as one, db.tenant_session(cast.acme) as other:
        scheduled.run_batch(one, actor, rule.id)
        assert not scheduled.run_batch(other, actor, rule.id)
        one.commit()
        other.commit()
    unit_of_work.as_system(cast.acme, scheduled.run_batch, rule.id)

    assert _closed(cast) == set(ids)
    with db.tenant_session(cast.acme) as session:
        assert sorted(session.exec(select(RuleRun.ticket_id))) == sorted(ids)


def test_many_tickets_are_taken_in_short_transactions(
    database, cast, ada, grace, clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduled, "BATCH", 2)
    rule, ids = _resolved(cast, ada, grace, clock, 5)

    seen = []
    more = True
    while more:
        more = unit_of_work.as_system(cast.acme, scheduled.run_batch, rule.id)
        seen.append(len(_closed(cast)))

    assert seen == [2, 4, 5]
    assert _closed(cast) == set(ids)


def _closed(cast) -> set[str]:
    with db.tenant_session(cast.acme) as session:
        return set(session.exec(select(Ticket.id).where(Ticket.status == TicketStatus.CLOSED)))
