"""What was said after a ticket was made goes into it, once."""

import pytest
from sqlmodel import select

from tests.services.chats.test_to_ticket import chat, make, say
from ticketdesk.errors import Conflict, NotFound
from ticketdesk.models import TicketAttachment, TicketResponse
from ticketdesk.services.chats import later
from ticketdesk.services.desk import chat as screen


def waiting(session, actor, chat_id):
    return screen.open_chat(session, actor, chat_id).facts["later"]


def notes(session, ticket):
    return session.exec(
        select(TicketResponse.content).where(
            TicketResponse.ticket_id == ticket.id, TicketResponse.is_internal
        )
    ).all()


def test_later_messages_are_counted_and_added_once(session, grace, clock):
    made = chat(session, grace, ("USER", "Before"))
    assert waiting(session, grace, made.id) == {"number": 0, "messages": 0}
    ticket = make(session, grace, made.id)
    assert waiting(session, grace, made.id)["messages"] == 0
    say(session, grace, made.id, "USER", "After")
    say(session, grace, made.id, "AGENT", "Noted")
    assert waiting(session, grace, made.id) == {
        "number": ticket.ticket_number, "messages": 2,
    }  # fmt: skip

    done = later.append(session, grace, made.id, str(ticket.ticket_number))
    assert done.messages == 2
    (note,) = notes(session, ticket)
    assert note.startswith("[Chat Transcript, continued]\n[")
    assert note.count("Customer: After") == note.count("Agent: Noted") == 1
    assert "Before" not in note
    with pytest.raises(Conflict):
        later.append(session, grace, made.id, ticket.id)
    assert len(notes(session, ticket)) == 1


def test_files_come_along_by_reference(session, grace):
    made = chat(session, grace, ("USER", "Before"))
    ticket = make(session, grace, made.id)
    session.add(
        TicketAttachment(
            id="file_later",
            organization_id=grace.organization_id,
            filename="a.png",
            original_name="a.png",
            mime_type="image/png",
            size=3,
            sha256="0",
            storage_key="key",
            uploaded_by_id=grace.user_id,
        )
    )
    session.flush()
    say(session, grace, made.id, "AGENT", "See", attachmentIds=["file_later"])
    later.append(session, grace, made.id, ticket.id)
    copies = session.exec(
        select(TicketAttachment.storage_key).where(TicketAttachment.ticket_id == ticket.id)
    ).all()
    assert copies == ["key"]


def test_a_ticket_of_another_chat_takes_nothing(session, grace):
    one, other = (chat(session, grace, ("USER", "Hi")) for _ in range(2))
    ticket = make(session, grace, one.id)
    say(session, grace, other.id, "USER", "More")
    with pytest.raises(NotFound):
        later.append(session, grace, other.id, ticket.id)
