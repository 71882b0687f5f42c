"""The state in lists: computed in SQL and in Python alike, and only what a person would say."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from tests.services.sla.desk import move, open_ticket, promise, say
from ticketdesk import clock as desk_clock
from ticketdesk.models import Ticket
from ticketdesk.models.enums import SlaState
from ticketdesk.services.sla.state import condition, state_of
from ticketdesk.services.tickets.filters import TicketFilters
from ticketdesk.services.tickets.listing import list_tickets

_MINUTES = st.none() | st.integers(-90, 90)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(SlaState), _MINUTES, _MINUTES)
def test_sql_and_python_tell_the_same_state(session, grace, clock, stored, due, warn) -> None:
    ticket = open_ticket(session, grace)
    now = desk_clock.now()
    ticket.sla_state = stored
    ticket.sla_due_at = None if due is None else now + timedelta(minutes=due)
    ticket.sla_warn_at = None if warn is None else now + timedelta(minutes=warn)
    session.flush()

    holding = [
        state
        for state in SlaState
        if session.exec(select(Ticket.id).where(Ticket.id == ticket.id, condition(state))).first()
    ]

    assert holding == [state_of(ticket)]


@pytest.fixture
def desk(session, ada, grace, clock) -> dict[str, Ticket]:
    """One ticket in each state."""
    promise(session, ada, firstResponseTime=240, warnMinutes=60)
    found = {"breached": open_ticket(session, grace)}
    clock.shift(timedelta(hours=2))
    found["due_soon"] = open_ticket(session, grace)
    clock.shift(timedelta(hours=2))
    found["ok"], found["paused"] = open_ticket(session, grace), open_ticket(session, grace)
    say(session, grace, found["paused"], "Which one?")
    move(session, grace, found["paused"], "WAITING_ON_CUSTOMER")
    clock.shift(timedelta(hours=1, minutes=30))
    return found


def test_the_list_is_filtered_by_state(session, grace, desk) -> None:
    for name, ticket in desk.items():
        page = list_tickets(session, grace, TicketFilters.parse({"sla": [name]}))
        assert [view.id for view in page.tickets] == [ticket.id], name
        assert page.tickets[0].sla_state == name


def test_the_list_is_sorted_by_what_is_due_first_and_what_is_paused_last(
    session, grace, desk
) -> None:
    page = list_tickets(session, grace, TicketFilters.parse({"sort": "sla"}))

    assert [view.id for view in page.tickets] == [
        desk[name].id for name in ("breached", "due_soon", "ok", "paused")
    ]
