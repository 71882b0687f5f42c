"""Messages of a ticket: who sees them, and what they set going."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.services.tickets import threads
from ticketdesk.errors import Conflict, Forbidden, NotFound
from ticketdesk.models import OutboxEvent
from ticketdesk.services import ticket_settings
from ticketdesk.services.tickets import read
from ticketdesk.services.tickets.commands import AddResponse
from ticketdesk.services.tickets.respond import respond


def _promises(session: Session) -> list[OutboxEvent]:
    query = select(OutboxEvent).where(OutboxEvent.subscriber == "mail.ticket_response")
    return list(session.exec(query.order_by(OutboxEvent.id)).all())


def test_only_the_first_public_answer_of_an_agent_stops_the_first_response(
    session: Session, grace, jane, clock
) -> None:
    ticket = threads.ticket(session, grace)
    threads.write(session, jane, ticket.id, "Hello?")
    threads.write(session, grace, ticket.id, "A note", isInternal=True)
    assert threads.row(session, ticket.id).first_response_at is None

    clock.shift(60)
    first = threads.write(session, grace, ticket.id, "Hello!").created_at
    clock.shift(60)
    threads.write(session, grace, ticket.id, "And again")

    assert threads.row(session, ticket.id).first_response_at == first


def test_an_agents_mail_waits_for_the_undo_window(session: Session, grace, ada, clock) -> None:
    ticket_settings.change(session, ada, {"emailConfig": {"undoSeconds": 30}})
    ticket = threads.ticket(session, grace)

    made = threads.write(session, grace, ticket.id, "Hello").created_at

    assert [p.available_at for p in _promises(session)] == [made + timedelta(seconds=30)]


def test_a_note_is_mailed_to_nobody(session: Session, grace) -> None:
    threads.write(session, grace, threads.ticket(session, grace).id, "Hm", isInternal=True)

    assert _promises(session) == []


@pytest.mark.parametrize(
    "extra",
    [{"isInternal": True}, {"statusChange": "CLOSED"}, {"cc": ["a@b.example"]}],
)
def test_customers_write_plain_replies(session: Session, grace, jane, extra: dict) -> None:
    ticket = threads.ticket(session, grace)

    with pytest.raises(Forbidden):
        respond(session, jane, ticket.id, AddResponse.parse({"content": "x", **extra}))


def test_an_unseen_message_stops_a_reply_and_names_its_author(
    session: Session, grace, jane
) -> None:
    ticket = threads.ticket(session, grace)
    newest = threads.write(session, jane, ticket.id, "It works!")
    stale = AddResponse.parse({"content": "Try again", "latestResponseId": None})

    with pytest.raises(Conflict) as stopped:
        respond(session, grace, ticket.id, stale)

    assert "Jane Doe wrote meanwhile" in stopped.value.message
    seen = stale.model_copy(update={"latest_response_id": newest.id})
    assert respond(session, grace, ticket.id, seen).response


def test_a_note_stops_no_customer(session: Session, grace, jane) -> None:
    ticket = threads.ticket(session, grace)
    threads.write(session, grace, ticket.id, "A note", isInternal=True)

    done = respond(
        session, jane, ticket.id, AddResponse.parse({"content": "Hi", "latestResponseId": None})
    )

    assert done.response


def test_a_customer_sees_public_messages_without_staffs_addresses(
    session: Session, grace, jane
) -> None:
    ticket = threads.ticket(session, grace)
    threads.write(session, grace, ticket.id, "A note", isInternal=True)
    threads.write(session, grace, ticket.id, "Hello Jane", cc=["boss@customer.example"])
    threads.write(session, jane, ticket.id, "Thanks")

    seen = read.responses(session, jane, ticket.id).items

    assert [message.content for message in seen] == ["Hello Jane", "Thanks"]
    assert (seen[0].author.name, seen[0].author.email, seen[0].cc) == ("Grace Hopper", "", [])
    assert seen[1].author.email == jane.email


def test_a_customers_history_is_the_public_part(session: Session, grace, jane) -> None:
    ticket = threads.ticket(session, grace)
    threads.write(session, grace, ticket.id, "A note", isInternal=True)
    threads.write(session, grace, ticket.id, "Hello", statusChange="WAITING_ON_CUSTOMER")

    history = read.activities(session, jane, ticket.id).items

    assert [line.activity_type for line in history] == ["CREATED", "RESPONDED", "STATUS_CHANGED"]
    assert all(set(line.changes) <= {"status"} for line in history)


def test_somebody_elses_file_cannot_be_attached(session: Session, grace) -> None:
    ticket = threads.ticket(session, grace)

    with pytest.raises(NotFound) as refused:
        respond(
            session,
            grace,
            ticket.id,
            AddResponse.parse({"content": "x", "attachmentIds": ["file_missing"]}),
        )
    assert "attachmentIds" in refused.value.fields
