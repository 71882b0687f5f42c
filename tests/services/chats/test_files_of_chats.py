"""Files between a chat and its ticket: one copy of the bytes, two rows that live on their own."""

from dataclasses import replace

import pytest
from sqlmodel import select

from tests.services.chats.test_to_ticket import chat, make, say
from ticketdesk.actor import ActorKind
from ticketdesk.errors import NotFound
from ticketdesk.models import OutboxEvent, TicketAttachment
from ticketdesk.models.enums import AttachmentState
from ticketdesk.services.files import references, remove


def file(session, actor, file_id, **values):
    row = TicketAttachment(
        id=file_id,
        organization_id=actor.organization_id,
        filename="shot.png",
        original_name="shot.png",
        mime_type="image/png",
        size=3,
        sha256="0",
        storage_key=f"key-{file_id}",
        **{"uploaded_by_id": actor.user_id} | values,
    )
    session.add(row)
    session.flush()
    return row


def copies(session, ticket):
    query = select(TicketAttachment).where(TicketAttachment.ticket_id == ticket.id)
    return session.exec(query).all()


def test_a_file_taken_from_the_ticket_stays_in_the_chat(session, grace):
    made = chat(session, grace)
    shot = file(session, grace, "file_1")
    say(session, grace, made.id, "USER", "See", attachmentIds=[shot.id])
    ticket = make(session, grace, made.id)
    (copy,) = copies(session, ticket)
    remove.remove(session, grace, ticket.id, copy.id)
    assert session.get(TicketAttachment, shot.id).storage_key == copy.storage_key
    assert references.is_needed(session, shot.storage_key)


def test_a_file_that_is_gone_before_the_ticket_is_made_hinders_nothing(session, grace):
    made = chat(session, grace)
    for file_id in ("file_1", "file_2"):
        shot = file(session, grace, file_id)
        say(session, grace, made.id, "USER", "See", attachmentIds=[shot.id])
    session.delete(shot)
    session.flush()
    assert [one.storage_key for one in copies(session, make(session, grace, made.id))] == [
        "key-file_1"
    ]


def test_a_file_the_scanner_holds_back_never_reaches_the_ticket(session, grace):
    made = chat(session, grace)
    held = file(session, grace, "file_1", state=AttachmentState.QUARANTINED)
    say(session, grace, made.id, "USER", "See", attachmentIds=[held.id])
    assert copies(session, make(session, grace, made.id)) == []


def test_no_api_key_takes_what_a_visitor_has_uploaded(session, grace):
    made = chat(session, grace)
    waiting = file(session, grace, "file_1", uploaded_by_id=None, upload_token_hash="x")
    key = replace(grace, kind=ActorKind.API_KEY, user_id=None, scopes=frozenset({"write"}))
    with pytest.raises(NotFound):
        say(session, key, made.id, "USER", "Mine now", attachmentIds=[waiting.id])


def test_the_customer_is_told_of_the_ticket_by_mail_and_goes_on_there(session, grace):
    ticket = make(session, grace, chat(session, grace, ("USER", "Hi")).id)
    promised = session.exec(
        select(OutboxEvent.subscriber).where(
            OutboxEvent.payload["ticketId"].as_string() == ticket.id
        )
    ).all()
    assert "mail.ticket_created" in promised
