"""The desk's figures, checked against tickets made by hand."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.services.tickets import threads
from ticketdesk.errors import Forbidden, Invalid
from ticketdesk.services.chats import chats, messages, to_ticket
from ticketdesk.services.chats.commands import AddMessage, CreateChat, TicketFromChat
from ticketdesk.services.tickets.assign import assign
from ticketdesk.services.tickets.commands import ChangeStatus
from ticketdesk.services.tickets.stats import stats
from ticketdesk.services.tickets.status import change_status

# NOON is 12:00 on 2 March 2026 in Berlin, acme's zone.


@pytest.fixture(autouse=True)
def _nothing_kept(redis) -> None:
    """Figures of another test must not be found in Redis."""


def _resolve(session: Session, actor, ticket_id: str) -> None:
    change_status(session, actor, ticket_id, ChangeStatus.parse({"status": "RESOLVED"}))


def test_counts_add_up(session: Session, grace, clock) -> None:
    first = threads.ticket(session, grace, priority="HIGH", category="Billing")
    threads.ticket(session, grace, priority="HIGH")
    _resolve(session, grace, first.id)

    figures = stats(session, grace)

    assert (figures.total, figures.open, figures.closed) == (2, 1, 1)
    assert figures.by_priority["HIGH"] == 2
    assert figures.open_by_priority["HIGH"] == 1
    assert figures.by_category == {"Billing": 1, "": 1}
    assert sum(figures.by_status.values()) == figures.total


def test_times_are_averages_in_minutes(session: Session, grace, clock) -> None:
    quick, slow = threads.ticket(session, grace), threads.ticket(session, grace)
    clock.shift(timedelta(minutes=10))
    threads.write(session, grace, quick.id, "Hello")
    clock.shift(timedelta(minutes=20))
    threads.write(session, grace, slow.id, "Hello")
    clock.shift(timedelta(minutes=30))
    _resolve(session, grace, quick.id)

    figures = stats(session, grace)

    assert figures.average_first_response_minutes == 20.0
    assert figures.average_resolution_minutes == 60.0
    assert figures.resolved_in_period == 1


def test_a_day_begins_at_midnight_in_the_organizations_zone(session: Session, grace, clock) -> None:
    threads.ticket(session, grace)
    # 23:30 in Berlin is still the same day, half an hour later it is the next one.
    clock.shift(timedelta(hours=11, minutes=30))
    threads.ticket(session, grace)
    clock.shift(timedelta(minutes=30))
    threads.ticket(session, grace)

    days = stats(session, grace, days=2).per_day

    assert [(day.date, day.created) for day in days] == [("2026-03-02", 2), ("2026-03-03", 1)]


def test_days_across_a_change_of_the_clocks_are_all_there(session: Session, grace, clock) -> None:
    clock.shift(timedelta(days=30))
    threads.ticket(session, grace)

    days = stats(session, grace, days=7).per_day

    assert [day.date for day in days] == [
        "2026-03-26", "2026-03-27", "2026-03-28", "2026-03-29", "2026-03-30", "2026-03-31",
        "2026-04-01",
    ]  # fmt: skip
    assert days[-1].created == 1


def test_a_missed_first_response_counts_against_the_targets(session: Session, grace, clock) -> None:
    threads.ticket(session, grace)
    in_time = threads.ticket(session, grace)
    threads.write(session, grace, in_time.id, "Hello", statusChange="RESOLVED")
    clock.shift(timedelta(days=3))

    sla = stats(session, grace).sla

    assert (sla.first_response_met, sla.first_response_missed, sla.breached) == (1, 1, 1)
    assert sla.compliance == 50.0


def test_every_agent_has_a_load_even_none(session: Session, grace, linus, clock) -> None:
    for _ in range(2):
        assign(session, grace, threads.ticket(session, grace).id, "me")
    threads.ticket(session, grace)

    figures = stats(session, grace)

    assert [(load.name, load.open) for load in figures.agents] == [
        ("Grace Hopper", 2), ("Ada Lovelace", 0), ("Linus Torvalds", 0)
    ]  # fmt: skip
    assert figures.unassigned == 1


def test_chats_that_became_tickets_are_converted(session: Session, grace, clock) -> None:
    for number in range(4):
        chat = chats.create(
            session,
            grace,
            CreateChat.parse(
                {"title": f"Chat {number}", "customerName": "J", "customerEmail": "j@b.example"}
            ),
        )
    messages.add_message(
        session, grace, chat.id, AddMessage.parse({"role": "USER", "content": "Help"})
    )
    to_ticket.create_ticket(session, grace, chat.id, TicketFromChat.parse({}))

    found = stats(session, grace).chats

    assert (found.total, found.converted, found.conversion_rate) == (4, 1, 25.0)


def test_figures_are_for_staff_and_for_a_year_at_most(session: Session, grace, jane) -> None:
    with pytest.raises(Forbidden):
        stats(session, jane)
    for days in (0, 367):
        with pytest.raises(Invalid):
            stats(session, grace, days=days)
