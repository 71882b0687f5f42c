"""The demo's history adds up: what the activities tell is where the tickets stand."""

from collections import defaultdict

from sqlmodel import Session, col, select

from ticketdesk.models import Ticket, TicketActivity, TicketResponse
from ticketdesk.models.enums import ResponseAuthorType, TicketActivityType, TicketStatus
from ticketdesk.models.status import ENDED, MOVES


def _activities(session: Session) -> dict[str, list[TicketActivity]]:
    found = defaultdict(list)
    rows = session.exec(
        select(TicketActivity).order_by(col(TicketActivity.created_at), col(TicketActivity.id))
    )
    for row in rows:
        found[row.ticket_id].append(row)
    return found


def test_every_history_begins_with_the_creation(demo: Session) -> None:
    for ticket_id, rows in _activities(demo).items():
        assert rows[0].activity_type == TicketActivityType.CREATED, ticket_id


def test_every_field_follows_from_its_changes(demo: Session) -> None:
    wire = {
        "status": "status", "priority": "priority", "category": "category",
        "assignedToId": "assigned_to_id", "tags": "tags",
    }  # fmt: skip
    histories = _activities(demo)
    for ticket in demo.exec(select(Ticket)):
        last: dict[str, object] = {}
        for row in histories[ticket.id]:
            for name, change in row.changes.items():
                if name in last:
                    assert change["before"] == last[name], (ticket.subject, name)
                last[name] = change["after"]
        for name, value in last.items():
            if name in wire:
                assert getattr(ticket, wire[name]) == value, (ticket.subject, name)


def test_every_move_is_one_that_the_product_allows(demo: Session) -> None:
    for rows in _activities(demo).values():
        for row in rows:
            move = row.changes.get("status")
            if move and move["before"]:
                assert TicketStatus(move["after"]) in MOVES[TicketStatus(move["before"])]


def test_the_first_response_is_the_first_public_one_of_an_agent(demo: Session) -> None:
    first: dict[str, object] = {}
    rows = demo.exec(select(TicketResponse).order_by(col(TicketResponse.created_at)))
    for row in rows:
        if row.author_type == ResponseAuthorType.AGENT and not row.is_internal:
            first.setdefault(row.ticket_id, row.created_at)
    for ticket in demo.exec(select(Ticket)):
        assert ticket.first_response_at == first.get(ticket.id), ticket.subject


def test_what_is_over_says_since_when(demo: Session) -> None:
    for ticket in demo.exec(select(Ticket)):
        over = ticket.status in ENDED
        assert bool(ticket.resolved_at or ticket.closed_at) == over, ticket.subject


def test_no_service_level_event_of_the_past_is_still_to_come(demo: Session) -> None:
    from ticketdesk import clock

    for ticket in demo.exec(select(Ticket)):
        assert ticket.next_sla_event_at is None or ticket.next_sla_event_at >= clock.now()
