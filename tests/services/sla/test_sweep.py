"""The sweeper tells of warnings and breaches when they come due, once each."""

from datetime import timedelta

from sqlmodel import select

from tests.services.sla.desk import berlin, move, open_ticket, say, told
from ticketdesk.models import (
    OutboxEvent,
)
from ticketdesk.models.enums import SlaState
from ticketdesk.services.sla.sweep import sweep


def test_nothing_is_told_before_its_time(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    clock.move_to(berlin("2026-03-02T14:29"))

    assert sweep(session) == 0
    assert told(session, ticket) == []


def test_a_warning_and_a_breach_are_told_once_each(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    for moment in ("14:30", "14:45", "15:00", "15:10", "15:20"):
        clock.move_to(berlin(f"2026-03-02T{moment}"))
        sweep(session)

    assert told(session, ticket) == ["WARNED FIRST_RESPONSE", "BREACHED FIRST_RESPONSE"]
    assert ticket.sla_state == SlaState.BREACHED


def test_the_sweeper_reads_nothing_once_everything_istold(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    say(session, grace, ticket, "Hello")
    clock.shift(timedelta(days=30))
    sweep(session)

    assert ticket.next_sla_event_at is None
    assert sweep(session) == 0


def test_a_breach_that_came_before_anybody_looked_needs_no_warning(
    session, grace, office, clock
) -> None:
    ticket = open_ticket(session, grace)
    clock.move_to(berlin("2026-03-02T16:00"))

    sweep(session)

    assert told(session, ticket) == ["BREACHED FIRST_RESPONSE"]


def test_an_answered_ticket_is_not_warned_about(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    say(session, grace, ticket, "Hello")
    clock.move_to(berlin("2026-03-02T15:30"))

    assert sweep(session) == 0
    assert told(session, ticket) == []


def test_a_paused_ticket_is_not_warned_about(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    say(session, grace, ticket, "Hello")
    move(session, grace, ticket, "WAITING_ON_CUSTOMER")
    clock.shift(timedelta(days=30))

    assert sweep(session) == 0


def test_a_warning_is_not_repeated_when_the_due_time_moves(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    say(session, grace, ticket, "Hello")
    clock.move_to(berlin("2026-03-04T11:40"))
    sweep(session)
    move(session, grace, ticket, "WAITING_ON_CUSTOMER")
    clock.move_to(berlin("2026-03-05T11:40"))
    move(session, grace, ticket, "OPEN")
    clock.move_to(berlin("2026-03-05T11:50"))
    sweep(session)

    assert told(session, ticket) == ["WARNED RESOLUTION"]


def test_the_assignee_is_promised_a_mail_or_else_the_admins(session, grace, office, clock) -> None:
    mine = open_ticket(session, grace, assignedToId=grace.user_id)
    nobodys = open_ticket(session, grace)
    clock.move_to(berlin("2026-03-02T14:30"))
    sweep(session)

    promises = session.exec(
        select(OutboxEvent.payload).where(OutboxEvent.subscriber == "mail.sla_warning")
    ).all()
    assert {promise["ticketId"]: promise["to"] for promise in promises} == {
        mine.id: "grace@acme.example",
        nobodys.id: "ada@acme.example",
    }


def test_a_ticket_that_cannot_be_told_about_does_not_hold_up_the_others(
    session, grace, office, clock, monkeypatch
) -> None:
    bad, good = open_ticket(session, grace), open_ticket(session, grace)
    from ticketdesk.services.sla import sweep as module

    real = module.tell
    monkeypatch.setattr(
        module, "tell", lambda s, ticket: 1 / 0 if ticket.id == bad.id else real(s, ticket)
    )
    clock.move_to(berlin("2026-03-02T15:00"))

    sweep(session)

    session.refresh(bad)
    assert bad.next_sla_event_at == berlin("2026-03-02T15:10")
    assert told(session, good) == ["BREACHED FIRST_RESPONSE"]
