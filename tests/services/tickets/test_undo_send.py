"""Taking a reply back before it left."""

import pytest
from sqlmodel import select

from tests.services.tickets.threads import row, ticket, write
from ticketdesk import outbox
from ticketdesk.errors import Conflict, Forbidden, NotFound
from ticketdesk.models import OutboxEvent
from ticketdesk.services import drafts
from ticketdesk.services.desk import compose
from ticketdesk.services.tickets import read
from ticketdesk.services.tickets.assign import assign


def send(session, actor, one, words="Hello Jane.", **more):
    options = {"latest": None, "anyway": True} | more
    return compose.send(session, actor, one.id, "reply", words, **options)


def take_back(session, actor, one, sent):
    compose.take_back(session, actor, one.id, sent.response_id, sent.before, sent.version_after)


def mails_of(session, sent):
    found = session.exec(
        select(OutboxEvent).where(OutboxEvent.subscriber == "mail.ticket_response")
    )
    return [mail for mail in found if mail.payload["responseId"] == sent.response_id]


def test_a_reply_taken_back_leaves_no_mail_no_status_and_its_text_as_a_draft(session, grace, jane):
    one = ticket(session, grace)
    sent = send(session, grace, one, then="CLOSED")
    assert row(session, one.id).status == "CLOSED"
    take_back(session, grace, one, sent)
    after = row(session, one.id)
    assert (after.status, after.first_response_at, after.closed_at) == ("NEW", None, None)
    assert read.responses(session, jane, one.id).items == []
    assert mails_of(session, sent) == []
    draft = drafts.load(session, grace, f"ticket:{one.id}:reply")
    assert draft["content"] == "Hello Jane."


def test_a_customer_learns_nothing_of_a_reply_taken_back(session, grace, jane):
    one = ticket(session, grace)
    before = [act.id for act in read.activities(session, jane, one.id).items]
    take_back(session, grace, one, send(session, grace, one))
    shown = read.activities(session, jane, one.id).items
    assert not [act for act in shown if act.id not in before and act.activity_type == "RESPONDED"]


def test_what_a_colleague_changed_meanwhile_stays(session, grace, linus):
    one = ticket(session, grace)
    sent = send(session, grace, one)
    assign(session, linus, one.id, linus.user_id)
    take_back(session, grace, one, sent)
    after = row(session, one.id)
    assert after.assigned_to_id == linus.user_id
    assert after.first_response_at is None


def test_a_reply_that_was_taken_for_sending_stays(session, grace, clock):
    one = ticket(session, grace)
    sent = send(session, grace, one)
    clock.shift(60)
    outbox.claim(session, "mail.ticket_response")
    with pytest.raises(Conflict):
        take_back(session, grace, one, sent)
    assert len(read.responses(session, grace, one.id).items) == 1


def test_only_its_author_takes_a_reply_back_and_a_note_has_nothing_to_take_back(
    session, grace, linus
):
    one = ticket(session, grace)
    sent = send(session, grace, one)
    with pytest.raises(Forbidden):
        take_back(session, linus, one, sent)
    note = write(session, grace, one.id, "Between us.", isInternal=True)
    with pytest.raises(NotFound):
        compose.take_back(session, grace, one.id, note.id, sent.before, sent.version_after)
