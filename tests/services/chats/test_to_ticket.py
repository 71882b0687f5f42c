"""From a chat to a ticket (specification, Chat-to-Ticket Integration)."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from ticketdesk import db
from ticketdesk.errors import Conflict, Invalid, NotFound
from ticketdesk.models import Organization, TicketAttachment
from ticketdesk.services.chats import chats, messages, related, to_ticket
from ticketdesk.services.chats.commands import AddMessage, CreateChat, TicketFromChat
from ticketdesk.services.tickets.read import get


def chat(session, actor, *texts, **values):
    body = {
        "title": "Login issue",
        "customerName": "Jane Smith",
        "customerEmail": "jane@customer.example",
        **values,
    }
    made = chats.create(session, actor, CreateChat.parse(body))
    for role, content in texts:
        say(session, actor, made.id, role, content)
    return made


def say(session, actor, chat_id, role, content, **values):
    body = {"role": role, "content": content, **values}
    return messages.add_message(session, actor, chat_id, AddMessage.parse(body))


def make(session, actor, chat_id, **values):
    return to_ticket.create_ticket(session, actor, chat_id, TicketFromChat.parse(values))


def test_the_transcript_is_the_description_in_the_specified_format_and_the_organizations_zone(
    session, clock, grace
):
    organization = session.exec(select(Organization)).one()
    organization.timezone = "Europe/Berlin"
    session.add(organization)
    clock.move_to(datetime(2025, 11, 2, 9, 30, tzinfo=UTC), tick=False)
    made = chat(session, grace, ("USER", "I can't login"), ("BOT", "Try a reset"))
    clock.shift(60)
    say(session, grace, made.id, "AGENT", "I am here")
    ticket = make(session, grace, made.id)
    assert ticket.description == (
        "[Chat Transcript]\n"
        "[Nov 02, 2025 10:30] Customer: I can't login\n\n"
        "[Nov 02, 2025 10:30] Bot: Try a reset\n\n"
        "[Nov 02, 2025 10:31] Agent: I am here"
    )
    assert (ticket.subject, ticket.requester_name) == ("Login issue", "Jane Smith")
    assert ticket.requester_id is not None


def test_the_ticket_and_the_chat_point_at_each_other(session, grace):
    made = chat(session, grace, ("USER", "Hi"))
    ticket = make(session, grace, made.id, autoAssignToAgent=True)
    assert (ticket.origin_chat_id, ticket.source) == (made.id, "CHAT")
    assert ticket.assigned_to_id == grace.user_id
    badges = chats.get(session, grace, made.id).tickets
    assert [badge.ticket_number for badge in badges] == [ticket.ticket_number]


@pytest.mark.parametrize(
    ("escalation", "priority"),
    [("NONE", "MEDIUM"), ("REQUESTED", "HIGH"), ("ESCALATED", "URGENT")],
)
def test_the_priority_follows_the_escalation(session, grace, escalation, priority):
    made = chat(session, grace, ("USER", "Hi"), escalation=escalation)
    assert make(session, grace, made.id).priority == priority


def test_files_are_copied_by_reference_or_left_out(session, grace):
    made = chat(session, grace)
    session.add(
        TicketAttachment(
            id="file_1",
            organization_id=grace.organization_id,
            filename="shot.png",
            original_name="shot.png",
            mime_type="image/png",
            size=3,
            sha256="0",
            storage_key="key",
            thumbnail_key="small",
            uploaded_by_id=grace.user_id,
        )
    )
    session.flush()
    say(session, grace, made.id, "USER", "See this", attachmentIds=["file_1"])
    ticket = make(session, grace, made.id)
    make(session, grace, made.id, includeAttachments=False)
    copies = session.exec(
        select(TicketAttachment).where(TicketAttachment.ticket_id.is_not(None))
    ).all()
    assert [(c.ticket_id, c.storage_key, c.thumbnail_key) for c in copies] == [
        (ticket.id, "key", "small")
    ]


def test_an_empty_chat_makes_no_ticket(session, grace):
    with pytest.raises(Conflict, match="no messages"):
        make(session, grace, chat(session, grace).id)


def test_a_chat_without_an_address_asks_for_one(session, grace):
    made = chat(session, grace, ("USER", "Hi"), customerEmail=None)
    with pytest.raises(Invalid):
        make(session, grace, made.id)
    assert make(session, grace, made.id, requesterEmail="x@y.example").requester_email


def test_another_organizations_chat_is_not_there(session, grace, bo, cast):
    made = chat(session, grace, ("USER", "Hi"))
    db.set_tenant(session, cast.globex)
    with pytest.raises(NotFound):
        make(session, bo, made.id)


def test_the_same_message_twice_is_stored_once(session, grace):
    made = chat(session, grace)
    first = say(session, grace, made.id, "USER", "Hi", clientId="k1")
    again = say(session, grace, made.id, "USER", "Hi", clientId="k1")
    assert first.id == again.id
    assert len(messages.messages(session, grace, made.id).items) == 1


def test_a_chat_that_is_fed_in_twice_is_one(session, grace):
    assert (
        chat(session, grace, externalId="other-1").id
        == chat(session, grace, externalId="other-1").id
    )


def test_a_customer_reads_and_writes_their_own_chat_only(session, grace, jane, omar):
    made = chat(session, grace, ("AGENT", "Hello"))
    say(session, jane, made.id, "USER", "Hi")
    with pytest.raises(NotFound):
        chats.get(session, omar, made.id)


def test_further_chats_are_linked_and_unlinked(session, grace):
    ticket = make(session, grace, chat(session, grace, ("USER", "Hi")).id)
    other = chat(session, grace)
    related.link(session, grace, ticket.id, other.id)
    assert get(session, grace, ticket.id).linked_chat_ids == [other.id]
    related.unlink(session, grace, ticket.id, other.id)
    assert get(session, grace, ticket.id).linked_chat_ids == []
