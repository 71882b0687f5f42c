"""A new ticket: who is behind it, what follows from it."""

import pytest
from sqlmodel import Session, select

from tests.services.tickets import threads
from ticketdesk.actor import anonymous
from ticketdesk.errors import NotFound, Unauthenticated
from ticketdesk.models import OutboxEvent
from ticketdesk.models.enums import TicketPriority, TicketSource
from ticketdesk.services import ticket_settings
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create

BODY = {
    "requesterName": "John Doe",
    "requesterEmail": "John@Example.com",
    "subject": "  Cannot\nlog in ",
    "description": "Since today.\r\nReally.",
}


def test_texts_and_addresses_are_tidied_at_the_border(session: Session, grace) -> None:
    ticket = threads.ticket(session, grace, **BODY)

    assert ticket.subject == "Cannot log in"
    assert ticket.description == "Since today.\nReally."
    assert ticket.requester_email == "john@example.com"


def test_a_known_address_is_the_member_behind_it(session: Session, grace, jane) -> None:
    known = threads.ticket(session, grace, requesterEmail="JANE@customer.example")
    unknown = threads.ticket(session, grace, requesterEmail="new@customer.example")

    assert (known.requester_id, unknown.requester_id) == (jane.user_id, None)


def test_the_organization_chooses_the_first_priority(session: Session, grace, ada) -> None:
    ticket_settings.change(session, ada, {"embedConfig": {"defaultPriority": "LOW"}})

    assert threads.ticket(session, grace).priority is TicketPriority.LOW
    assert threads.ticket(session, grace, priority="HIGH").priority is TicketPriority.HIGH


def test_a_new_ticket_promises_one_mail_and_tells_the_desk(session: Session, grace) -> None:
    ticket = threads.ticket(session, grace)

    promises = session.exec(
        select(OutboxEvent).where(OutboxEvent.subscriber == "mail.ticket_created")
    ).all()
    told = session.info["realtime"]
    assert [promise.payload["ticketId"] for promise in promises] == [ticket.id]
    assert [event.type for event in told] == ["ticket:created"]
    assert set(told[0].channels) == {f"ticket:{ticket.organization_id}", f"ticket:{ticket.id}"}


def test_an_assigned_ticket_tells_its_agent(session: Session, grace, linus) -> None:
    threads.ticket(session, grace, assignedToId=linus.user_id)

    assert any(f"agent:{linus.user_id}" in event.channels for event in session.info["realtime"])


def test_notices_carry_no_content(session: Session, grace) -> None:
    threads.ticket(session, grace, subject="A secret", description="Another secret")

    assert "secret" not in str([event.body() for event in session.info["realtime"]])


def test_a_visitor_needs_a_door(session: Session, cast) -> None:
    visitor = anonymous(cast.acme)

    with pytest.raises(Unauthenticated):
        create(session, visitor, CreateTicket.parse(BODY))
    made = create(session, visitor, CreateTicket.parse(BODY), source=TicketSource.EMBED)
    assert made.source is TicketSource.EMBED


def test_a_visitor_sets_nothing_that_is_staffs(session: Session, cast, grace) -> None:
    body = BODY | {"tags": ["vip"], "assignedToId": grace.user_id, "cc": ["a@b.example"]}

    made = create(
        session, anonymous(cast.acme), CreateTicket.parse(body), source=TicketSource.EMBED
    )

    row = threads.row(session, made.id)
    assert (row.tags, row.assigned_to_id, row.cc) == ([], None, [])


def test_a_foreign_chat_is_missing(session: Session, grace) -> None:
    with pytest.raises(NotFound):
        threads.ticket(session, grace, originChatId="chat_missing")
