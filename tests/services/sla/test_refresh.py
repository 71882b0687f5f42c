"""What starts, pauses, stops and moves a ticket's targets (semantics.md, SLA)."""

from datetime import timedelta

import pytest

from tests.services.sla.desk import OFFICE, berlin, move, open_ticket, promise, say
from ticketdesk.models.enums import SlaState
from ticketdesk.services.sla.state import state_of
from ticketdesk.services.sla.view import of_ticket
from ticketdesk.services.tickets.commands import UpdateTicket
from ticketdesk.services.tickets.messages import add_message
from ticketdesk.services.tickets.update import update

HOUR = timedelta(hours=1)


@pytest.fixture
def office(session, ada, clock) -> None:
    promise(
        session,
        ada,
        businessHours=OFFICE,
        firstResponseTime=120,
        resolutionTime={"low": 2400, "medium": 960, "high": 480, "urgent": 240, "critical": 60},
        warnMinutes=30,
    )


def _target(session, actor, ticket, kind: str):
    return next(t for t in of_ticket(session, actor, ticket.id).targets if t.kind == kind)


def test_targets_are_counted_in_business_hours(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)

    assert ticket.first_response_sla == berlin("2026-03-02T15:00")
    assert ticket.resolution_sla == berlin("2026-03-04T12:00")
    assert ticket.sla_due_at == ticket.first_response_sla
    assert ticket.sla_warn_at == berlin("2026-03-02T14:30")
    assert ticket.next_sla_event_at == ticket.sla_warn_at


def test_without_business_hours_the_wall_clock_counts(session, grace, ada, clock) -> None:
    promise(session, ada, businessHours=None, firstResponseTime=90)

    ticket = open_ticket(session, grace)

    assert ticket.first_response_sla == ticket.created_at + timedelta(minutes=90)


def test_only_the_first_public_agent_response_stops_the_first_response(
    session, ada, grace, jane, office, clock
) -> None:
    ticket = open_ticket(session, jane)
    clock.shift(HOUR)
    say(session, grace, ticket, "Is this one ours?", isInternal=True)
    say(session, jane, ticket, "Anybody there?")
    add_message(session, ada, ticket, "We have your message.", author_type="SYSTEM")
    assert ticket.first_response_at is None
    assert _target(session, grace, ticket, "FIRST_RESPONSE").stopped_at is None

    clock.shift(HOUR / 2)
    say(session, grace, ticket, "Looking into it")
    answered = ticket.first_response_at
    clock.shift(HOUR)
    say(session, grace, ticket, "Still looking")

    assert ticket.first_response_at == answered
    assert _target(session, grace, ticket, "FIRST_RESPONSE").state == SlaState.MET


def test_the_first_response_never_pauses(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    due = ticket.first_response_sla

    move(session, grace, ticket, "WAITING_ON_CUSTOMER")

    assert ticket.first_response_sla == due
    assert ticket.sla_due_at == due
    assert state_of(ticket) == SlaState.OK


def test_waiting_pauses_the_resolution_and_moves_it_by_the_business_time_paused(
    session, grace, office, clock
) -> None:
    ticket = open_ticket(session, grace)
    say(session, grace, ticket, "Hello")
    clock.move_to(berlin("2026-03-02T16:00"))
    move(session, grace, ticket, "WAITING_ON_CUSTOMER")

    assert ticket.resolution_sla is None
    assert ticket.sla_due_at is None
    assert state_of(ticket) == SlaState.PAUSED
    assert ticket.next_sla_event_at is None
    paused = _target(session, grace, ticket, "RESOLUTION")
    assert paused.paused_since == berlin("2026-03-02T16:00")
    assert paused.due_at is None

    clock.move_to(berlin("2026-03-03T10:00"))
    move(session, grace, ticket, "OPEN")

    # Three hours of business time: 16 to 18 o'clock and 9 to 10 o'clock.
    assert ticket.resolution_sla == berlin("2026-03-04T16:00")
    assert state_of(ticket) == SlaState.OK


def test_a_status_that_the_organization_did_not_choose_does_not_pause(
    session, ada, grace, office, clock
) -> None:
    promise(session, ada, pauseOn=["WAITING_ON_CUSTOMER"])
    ticket = open_ticket(session, grace)
    say(session, grace, ticket, "Hello")

    move(session, grace, ticket, "WAITING_ON_THIRD_PARTY")

    assert ticket.resolution_sla is not None


def test_resolved_pauses_until_a_reopen(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    say(session, grace, ticket, "Hello")
    before = ticket.resolution_sla
    move(session, grace, ticket, "RESOLVED")
    assert (ticket.resolution_sla, state_of(ticket)) == (None, SlaState.MET)

    clock.move_to(berlin("2026-03-02T15:00"))
    move(session, grace, ticket, "OPEN")

    assert before == berlin("2026-03-04T12:00")
    assert ticket.resolution_sla == berlin("2026-03-04T15:00")


def test_a_ticket_resolved_too_late_stays_breached(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace, priority="CRITICAL")
    say(session, grace, ticket, "Hello")
    clock.shift(timedelta(days=1))

    move(session, grace, ticket, "RESOLVED")

    assert state_of(ticket) == SlaState.BREACHED
    assert _target(session, grace, ticket, "RESOLUTION").remaining_minutes < 0


def test_another_priority_recomputes_from_creation_with_the_same_pauses(
    session, grace, office, clock
) -> None:
    ticket = open_ticket(session, grace)
    say(session, grace, ticket, "Hello")
    move(session, grace, ticket, "WAITING_ON_CUSTOMER")
    clock.move_to(berlin("2026-03-02T14:00"))
    move(session, grace, ticket, "OPEN")
    clock.move_to(berlin("2026-03-03T11:00"))

    update(session, grace, ticket.id, UpdateTicket.parse({"priority": "HIGH"}))

    # Created at noon, paused until two: 8 counted hours end on Tuesday at two.
    assert ticket.resolution_sla == berlin("2026-03-03T14:00")
    update(session, grace, ticket.id, UpdateTicket.parse({"priority": "MEDIUM"}))
    assert ticket.resolution_sla == berlin("2026-03-04T14:00")


def test_the_state_goes_from_ok_over_due_soon_to_breached(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    states = []
    for moment in ("14:29", "14:30", "14:59", "15:00"):
        clock.move_to(berlin(f"2026-03-02T{moment}"))
        states.append(state_of(ticket))

    assert states == [SlaState.OK, SlaState.DUE_SOON, SlaState.DUE_SOON, SlaState.BREACHED]


def test_a_late_answer_leaves_that_target_breached_and_the_ticket_fine(
    session, grace, office, clock
) -> None:
    ticket = open_ticket(session, grace)
    clock.move_to(berlin("2026-03-02T15:30"))

    say(session, grace, ticket, "Sorry for the wait")

    assert _target(session, grace, ticket, "FIRST_RESPONSE").state == SlaState.BREACHED
    assert state_of(ticket) == SlaState.OK


def test_hours_that_never_open_promise_nothing(session, ada, grace, clock) -> None:
    promise(session, ada, businessHours={"timezone": "UTC", "weekly": {}})

    ticket = open_ticket(session, grace)

    assert (ticket.sla_due_at, ticket.next_sla_event_at) == (None, None)
    assert state_of(ticket) == SlaState.OK


def test_the_timeline_of_a_ticket_adds_up_to_its_target(session, grace, office, clock) -> None:
    ticket = open_ticket(session, grace)
    move(session, grace, ticket, "WAITING_ON_CUSTOMER")
    clock.move_to(berlin("2026-03-03T10:00"))
    move(session, grace, ticket, "OPEN")

    target = _target(session, grace, ticket, "RESOLUTION")

    counted = [span.end - span.start for span in target.timeline if span.kind == "counted"]
    assert sum(counted, timedelta(0)) == timedelta(minutes=960)
    assert {span.kind for span in target.timeline} == {"counted", "outside", "paused"}
    assert target.timeline[-1].end == target.due_at
