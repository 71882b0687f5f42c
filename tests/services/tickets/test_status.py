"""Where a ticket may go, and what moves it (semantics.md, Status)."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.services.tickets import threads
from ticketdesk.errors import Conflict, Forbidden
from ticketdesk.models.enums import TicketStatus as S
from ticketdesk.models.status import MOVES
from ticketdesk.services import ticket_settings
from ticketdesk.services.tickets.commands import AddResponse, ChangeStatus
from ticketdesk.services.tickets.respond import respond
from ticketdesk.services.tickets.status import change_status


def _moved(session: Session, actor, ticket_id: str, status: S, **values: object):
    command = ChangeStatus.parse({"status": status, **values})
    return change_status(session, actor, ticket_id, command)


def _in(session: Session, grace, status: S) -> str:
    """Return a ticket of jane's in this status."""
    ticket = threads.ticket(session, grace)
    if status is not S.NEW:
        _moved(session, grace, ticket.id, status)
    return ticket.id


@pytest.mark.parametrize("after", list(S))
@pytest.mark.parametrize("before", list(S))
def test_the_table_alone_decides_where_a_ticket_may_go(
    session: Session, grace, before: S, after: S
) -> None:
    ticket_id = _in(session, grace, before)

    if after is before or after in MOVES[before]:
        assert _moved(session, grace, ticket_id, after).status == after
    else:
        with pytest.raises(Conflict) as refused:
            _moved(session, grace, ticket_id, after)
        assert refused.value.details["allowed"] == [str(status) for status in MOVES[before]]


def test_a_move_to_where_it_is_changes_nothing(session: Session, grace) -> None:
    ticket_id = _in(session, grace, S.OPEN)
    before = threads.row(session, ticket_id).version

    assert _moved(session, grace, ticket_id, S.OPEN).version == before


def test_resolving_and_closing_keep_their_moments_and_reopening_forgets_them(
    session: Session, grace, clock
) -> None:
    ticket_id = _in(session, grace, S.OPEN)
    resolved = _moved(session, grace, ticket_id, S.RESOLVED).resolved_at
    clock.shift(60)
    closed = _moved(session, grace, ticket_id, S.CLOSED)

    assert (closed.resolved_at, closed.closed_at) == (resolved, resolved + timedelta(seconds=60))
    reopened = _moved(session, grace, ticket_id, S.OPEN)
    assert (reopened.resolved_at, reopened.closed_at) == (None, None)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(S.OPEN, "STATUS_CHANGED"), (S.RESOLVED, "RESOLVED"), (S.CLOSED, "CLOSED")],
)
def test_a_move_writes_one_line_of_history(session: Session, grace, status: S, kind: str) -> None:
    ticket_id = _in(session, grace, status)

    assert threads.kinds(session, ticket_id) == ["CREATED", kind]


def test_a_first_public_answer_opens_a_new_ticket(session: Session, grace) -> None:
    ticket_id = _in(session, grace, S.NEW)

    threads.write(session, grace, ticket_id, "Hello")

    assert threads.row(session, ticket_id).status == S.OPEN


@pytest.mark.parametrize("chosen", [S.RESOLVED, S.WAITING_ON_CUSTOMER])
def test_a_first_answer_leaves_the_choice_to_the_agent(session: Session, grace, chosen: S) -> None:
    ticket_id = _in(session, grace, S.NEW)

    threads.write(session, grace, ticket_id, "Hello", statusChange=chosen)

    assert threads.row(session, ticket_id).status == chosen


def test_a_note_opens_nothing(session: Session, grace) -> None:
    ticket_id = _in(session, grace, S.NEW)

    threads.write(session, grace, ticket_id, "Hm", isInternal=True)

    assert threads.row(session, ticket_id).status == S.NEW


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (S.NEW, S.NEW),
        (S.OPEN, S.OPEN),
        (S.IN_PROGRESS, S.IN_PROGRESS),
        (S.WAITING_ON_CUSTOMER, S.OPEN),
        (S.WAITING_ON_THIRD_PARTY, S.WAITING_ON_THIRD_PARTY),
        (S.RESOLVED, S.OPEN),
    ],
)
def test_a_customers_message_brings_a_ticket_back_that_waits_for_it(
    session: Session, grace, jane, before: S, after: S
) -> None:
    ticket_id = _in(session, grace, before)

    threads.write(session, jane, ticket_id, "It is back.")

    assert threads.row(session, ticket_id).status == after
    reopened = "REOPENED" in threads.kinds(session, ticket_id)
    assert reopened == (before is S.RESOLVED)


@pytest.mark.parametrize("ended", [S.CLOSED, S.CANCELLED])
def test_a_message_to_an_ended_ticket_opens_a_linked_one(
    session: Session, grace, jane, ended: S
) -> None:
    ticket_id = _in(session, grace, ended)

    done = respond(session, jane, ticket_id, AddResponse.parse({"content": "It is back."}))

    assert done.response is None
    assert (done.ticket.status, done.ticket.description) == (S.NEW, "It is back.")
    assert threads.row(session, ticket_id).status == ended
    assert "LINKED" in threads.kinds(session, ticket_id)


@pytest.mark.parametrize(
    ("window", "days", "reopens"),
    [(0, 400, True), (7, 6, True), (7, 8, False), (None, 0, False)],
)
def test_the_organization_chooses_for_how_long_a_message_reopens(
    session: Session, grace, jane, ada, clock, window, days: int, reopens: bool
) -> None:
    ticket_settings.change(session, ada, {"reopenWindowDays": window})
    ticket_id = _in(session, grace, S.CLOSED)
    clock.shift(timedelta(days=days))

    done = respond(session, jane, ticket_id, AddResponse.parse({"content": "It is back."}))

    assert (done.response is not None) == reopens


@pytest.mark.parametrize("status", [S.IN_PROGRESS, S.WAITING_ON_CUSTOMER, S.CANCELLED])
def test_a_customer_closes_and_reopens_and_nothing_else(
    session: Session, grace, jane, status: S
) -> None:
    ticket_id = _in(session, grace, S.OPEN)

    with pytest.raises(Forbidden):
        _moved(session, jane, ticket_id, status)
    assert _moved(session, jane, ticket_id, S.RESOLVED).status == S.RESOLVED
