"""An incoming mail finds its place: kept once, judged, and every outcome explained."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
import time_machine
from sqlmodel import col, select

from tests.jobs.test_drain import Mails, drain_all, new_ticket, reply
from ticketdesk import db, unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict
from ticketdesk.jobs import intake
from ticketdesk.jobs.intake import take_in
from ticketdesk.models import (
    MailAddress,
    MailDelivery,
    MailMessage,
    MailOriginal,
    Ticket,
    TicketActivity,
    TicketAttachment,
    TicketResponse,
    User,
)
from ticketdesk.models.mail import DeliveryState, MailState
from ticketdesk.services.mail.intake import failed, held, judge
from ticketdesk.services.mail.intake.views import Outcome

Deliver = Callable[..., Outcome]


@pytest.fixture
def deliver(outbox_folder: Path, grace: Actor) -> Deliver:
    """Deliver a mail to acme: header fields by keyword, the text as the first argument."""
    counter = iter(range(1, 1000))

    def send(text: str, *, raw: bytes | None = None, **headers: str | None) -> Outcome:
        message = EmailMessage()
        fields = {
            "From": "Jane Doe <jane@customer.example>",
            "To": "support@acme.example",
            "Subject": "Printer on fire",
            "Message-ID": f"<{next(counter)}@customer.example>",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in fields.items():
            if value is not None:
                message[name] = value
        message.set_content(text)
        return take_in(grace.organization_id, raw or message.as_bytes(), "webhook")

    return send


def rows(model: type, **where: object) -> list:
    with db.system_session() as session:
        query = select(model)
        for name, value in where.items():
            query = query.where(getattr(model, name) == value)
        return list(session.exec(query.order_by(col(model.id) if hasattr(model, "id") else None)))


def test_a_first_mail_opens_a_ticket_and_is_confirmed_with_nothing_of_it(
    deliver: Deliver, mails: Mails
) -> None:
    outcome = deliver("It burns.", From="New <new@elsewhere.example>")
    assert outcome.result == "created"
    assert outcome.ticket.source == "EMAIL"
    assert outcome.ticket.requester_email == "new@elsewhere.example"
    assert outcome.ticket.description.strip() == "It burns."
    drain_all()
    (mail,) = mails()
    assert mail["In-Reply-To"] == "<1@customer.example>"
    assert "burns" not in mail.get_body(("plain",)).get_content()
    assert "Printer" not in mail["Subject"]


def test_an_answer_to_our_mail_is_appended_without_what_it_quotes(
    deliver: Deliver, mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    ticket = new_ticket(grace)
    drain_all()
    (sent,) = mails()
    outcome = deliver(
        "That helped.\n\nOn Mon, 2 Mar 2026 at 11:00, Acme <support@acme.example> wrote:\n> Try",
        To=str(sent["Reply-To"]),
        Subject=f"Re: {sent['Subject']}",
    )
    assert outcome.result == "appended"
    assert outcome.response.content.strip() == "That helped."
    assert outcome.response.author_type == "EMAIL"
    assert "our signed address of #1001" in outcome.why[0]
    assert rows(TicketResponse, ticket_id=ticket.id)[0].author_name == "Jane Doe"
    assert rows(MailAddress)[0].verified_at


def test_our_message_id_alone_leads_to_the_ticket(
    deliver: Deliver, mails: Mails, grace: Actor
) -> None:
    new_ticket(grace)
    drain_all()
    outcome = deliver("Me again.", In_Reply_To=mails()[0]["Message-ID"], Subject="Re: anything")
    assert outcome.result == "appended"
    assert "In-Reply-To names our signed Message-ID of #1001" in outcome.why[0]


def test_an_agent_answering_by_mail_writes_an_agents_response_that_goes_out(
    deliver: Deliver, mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    ticket = new_ticket(grace)
    drain_all()
    outcome = deliver(
        "We are on it.",
        From="Linus <linus@acme.example>",
        In_Reply_To=mails()[0]["Message-ID"],
    )
    assert outcome.result == "appended"
    assert outcome.response.author_type == "AGENT"
    assert outcome.ticket.status == "OPEN"
    assert outcome.ticket.first_response_at
    clock.shift(timedelta(seconds=11))
    drain_all()
    assert [m["To"].addresses[0].addr_spec for m in mails()] == ["jane@customer.example"] * 2
    assert rows(TicketResponse, ticket_id=ticket.id)[0].author_name == "Linus Torvalds"


def test_a_forged_agent_waits(deliver: Deliver, mails: Mails, grace: Actor) -> None:
    new_ticket(grace)
    drain_all()
    outcome = deliver(
        "Send the money here.",
        From="Linus <linus@acme.example>",
        In_Reply_To=mails()[0]["Message-ID"],
        Authentication_Results="mx.acme.example; spf=fail; dkim=none; dmarc=fail",
    )
    assert outcome.result == "held"
    assert outcome.response is None


@pytest.mark.parametrize(
    ("status", "after"), [("WAITING_ON_CUSTOMER", "OPEN"), ("RESOLVED", "OPEN"), ("OPEN", "OPEN")]
)
def test_a_customers_mail_moves_the_ticket_as_any_message(
    deliver: Deliver, mails: Mails, grace: Actor, status: str, after: str
) -> None:
    ticket = new_ticket(grace)
    drain_all()
    reply(grace, ticket, "Look.", statusChange=status)
    outcome = deliver("No.", In_Reply_To=mails()[0]["Message-ID"])
    assert outcome.ticket.status == after
    reopened = rows(TicketActivity, activity_type="REOPENED")
    assert len(reopened) == (1 if status == "RESOLVED" else 0)


def test_a_number_in_the_subject_counts_only_for_those_who_take_part(
    deliver: Deliver, grace: Actor
) -> None:
    new_ticket(grace)
    assert deliver("Hi", Subject="[#1001] still broken").result == "appended"
    stranger = deliver("Hi", Subject="[#1001] x", From="eve@elsewhere.example")
    assert stranger.result == "created"
    assert stranger.ticket.ticket_number == 1002


def test_a_stranger_with_the_thread_waits_until_accepted_and_then_takes_part(
    deliver: Deliver, mails: Mails, grace: Actor
) -> None:
    ticket = new_ticket(grace)
    drain_all()
    thread = mails()[0]["Message-ID"]
    outcome = deliver("Me too.", From="Eve <eve@elsewhere.example>", In_Reply_To=thread)
    assert outcome.result == "held"
    assert "is not part of ticket #1001" in outcome.why[-1]
    assert rows(TicketResponse) == []
    accepted = unit_of_work.as_actor(grace, held.accept, outcome.mail_id)
    assert accepted.response.author.name == "Eve"
    assert rows(Ticket)[0].cc == ["eve@elsewhere.example"]
    with pytest.raises(Conflict):
        unit_of_work.as_actor(grace, held.accept, outcome.mail_id)
    more = deliver("And more.", From="Eve <eve@elsewhere.example>", In_Reply_To=thread)
    assert more.result == "appended"
    assert ticket.id == more.ticket.id


def test_a_held_message_can_become_a_linked_ticket_or_be_discarded(
    deliver: Deliver, mails: Mails, grace: Actor
) -> None:
    new_ticket(grace)
    drain_all()
    thread = mails()[0]["Message-ID"]
    first, second = (
        deliver("Me too.", From="Eve <eve@elsewhere.example>", In_Reply_To=thread) for _ in range(2)
    )
    made = unit_of_work.as_actor(grace, held.make_ticket, first.mail_id)
    assert made.ticket.ticket_number == 1002
    assert made.ticket.metadata["mail"]["followsTicketNumber"] == 1001
    unit_of_work.as_actor(grace, held.discard, second.mail_id)
    assert {m.state for m in rows(MailMessage)} == {MailState.CREATED, MailState.DISCARDED}
    assert len(rows(MailOriginal)) == 2


def test_the_same_message_twice_is_stored_once(deliver: Deliver) -> None:
    first = deliver("It burns.", Message_ID="<same@customer.example>")
    second = deliver("It burns.", Message_ID="<same@customer.example>")
    assert second.result == "duplicate"
    assert second.ticket.id == first.ticket.id
    assert len(rows(Ticket)) == 1
    assert len(rows(MailMessage)) == 1


def test_a_message_without_an_id_is_known_by_its_bytes(deliver: Deliver) -> None:
    assert deliver("It burns.", Message_ID=None).result == "created"
    assert deliver("It burns.", Message_ID=None).result == "duplicate"


def test_automatic_answers_are_kept_and_change_nothing(
    deliver: Deliver, mails: Mails, grace: Actor
) -> None:
    ticket = new_ticket(grace)
    drain_all()
    reply(grace, ticket, "Please try.", statusChange="WAITING_ON_CUSTOMER")
    outcome = deliver(
        "I am away.", In_Reply_To=mails()[0]["Message-ID"], Auto_Submitted="auto-replied"
    )
    assert outcome.result == "ignored"
    assert outcome.ticket.status == "WAITING_ON_CUSTOMER"
    assert "Auto-Submitted: auto-replied" in outcome.why[0]


def test_a_machine_that_opens_a_ticket_gets_no_answer(deliver: Deliver, mails: Mails) -> None:
    assert deliver("Disk full.", Precedence="bulk").result == "created"
    drain_all()
    assert mails() == []


def test_two_desks_writing_to_each_other_fall_silent(
    deliver: Deliver, mails: Mails, grace: Actor, bo: Actor, outbox_folder: Path
) -> None:
    deliver("Hello desk.", From="Globex <support@globex.example>")
    desks = {"acme": grace.organization_id, "globex": bo.organization_id}
    delivered: set[str] = set()
    for _ in range(20):
        drain_all()
        fresh = [m for m in mails() if m["Message-ID"] not in delivered]
        if not fresh:
            break
        for mail in fresh:
            delivered.add(mail["Message-ID"])
            to = mail["To"].addresses[0].domain.removesuffix(".example")
            take_in(desks[to], mail.as_bytes(), "webhook")
    else:
        pytest.fail("they still write to each other")
    assert len(delivered) == 1
    assert len(rows(Ticket)) == 1


def test_a_bounce_marks_response_and_address_and_tells_the_agents(
    deliver: Deliver, mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    ticket = new_ticket(grace)
    drain_all()
    reply(grace, ticket, "Please try.")
    clock.shift(timedelta(seconds=11))
    drain_all()
    answer = mails()[-1]
    report = (
        "From: MAILER-DAEMON@mx.example\nTo: support@acme.example\nReturn-Path: <>\n"
        "Subject: Undelivered Mail Returned to Sender\nMessage-ID: <b@mx.example>\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;\n"
        ' boundary="B"\n\n--B\n\nI am sorry.\n--B\nContent-Type: message/delivery-status\n\n'
        "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; jane@customer.example\n"
        "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\n"
        f"--B\nContent-Type: text/rfc822-headers\n\nMessage-ID: {answer['Message-ID']}\n\n--B--\n"
    )
    outcome = deliver("", raw=report.encode())
    assert outcome.result == "bounce"
    assert outcome.ticket.id == ticket.id
    assert outcome.ticket.status == "OPEN"
    (response,) = rows(TicketResponse)
    assert response.mail_error == "550 5.1.1 no such user"
    assert rows(User, email="jane@customer.example")[0].undeliverable_at
    bounced = rows(MailDelivery, response_id=response.id)
    assert [d.state for d in bounced] == [DeliveryState.BOUNCED]
    assert len(rows(TicketActivity, activity_type="MAIL_FAILED")) == 1
    assert len(rows(Ticket)) == 1


def test_a_new_subject_in_a_closed_thread_is_a_new_linked_ticket(
    deliver: Deliver, mails: Mails, grace: Actor
) -> None:
    ticket = new_ticket(grace)
    drain_all()
    reply(grace, ticket, "Bye.", statusChange="CLOSED")
    outcome = deliver("Next thing.", In_Reply_To=mails()[0]["Message-ID"], Subject="Invoice wrong")
    assert outcome.result == "created"
    assert outcome.ticket.ticket_number == 1002
    assert outcome.ticket.metadata["mail"]["followsTicketNumber"] == 1001
    assert len(rows(TicketActivity, activity_type="LINKED")) == 1


def test_files_and_inline_images_become_attachments(deliver: Deliver) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "jane@customer.example", "support@acme.example"
    message["Subject"], message["Message-ID"] = "Look", "<files@customer.example>"
    message.set_content("see below")
    message.add_alternative('<p>see <img src="cid:pic@x"></p>', subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG\r\n", "image", "png", cid="<pic@x>")
    message.add_attachment(b"%PDF-1.7", "application", "pdf", filename="report.pdf")
    outcome = deliver("", raw=message.as_bytes())
    files = {f.original_name: f for f in rows(TicketAttachment)}
    assert "report.pdf" in files
    picture = next(f for f in files.values() if f.content_id == "pic@x")
    assert f'src="/api/attachments/{picture.id}"' in outcome.ticket.description


@pytest.mark.parametrize("raw", [b"\n", b"\x00\xff" * 50, b"no header at all", b"Subject: x\n\n"])
def test_noise_ends_in_a_stored_visible_failure(deliver: Deliver, ada: Actor, raw: bytes) -> None:
    outcome = deliver("", raw=raw)
    assert outcome.result == "failed"
    listed = unit_of_work.as_actor(ada, failed.listing, (MailState.FAILED,))
    assert [m.id for m in listed] == [outcome.mail_id]
    assert rows(MailOriginal)[0].raw == raw


def test_an_unforeseen_error_keeps_the_message_and_is_tried_again(
    deliver: Deliver, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(judge, "open_ticket", lambda *_: 1 / 0)
        outcome = deliver("It burns.")
    assert outcome.result == "failed"
    assert rows(MailMessage)[0].state == MailState.RECEIVED
    assert intake.resume() == 0, "a minute must pass"
    clock.shift(timedelta(minutes=2))
    assert intake.resume() == 1
    assert rows(MailMessage)[0].state == MailState.CREATED
    assert len(rows(Ticket)) == 1


def test_a_merged_tickets_mail_goes_to_the_target(
    deliver: Deliver, mails: Mails, grace: Actor
) -> None:
    from ticketdesk.services.tickets.merge import MergeTickets, merge

    source, target = new_ticket(grace), new_ticket(grace)
    drain_all()
    old = next(m for m in mails() if "#1001" in m["Subject"])
    command = MergeTickets(source_ticket_ids=[source.id])
    unit_of_work.as_actor(grace, merge, target.id, command)
    assert deliver("Hi", In_Reply_To=old["Message-ID"]).ticket.id == target.id


def test_another_organizations_signed_address_opens_nothing(
    deliver: Deliver, mails: Mails, grace: Actor, bo: Actor
) -> None:
    new_ticket(bo, requesterEmail="jane@customer.example")
    drain_all()
    (foreign,) = mails()
    outcome = deliver("Hi", To=str(foreign["Reply-To"]), In_Reply_To=foreign["Message-ID"])
    assert outcome.result == "created"
    assert outcome.ticket.organization_id == grace.organization_id


def test_the_whole_corpus_can_be_taken_in(
    deliver: Deliver, mails: Mails, grace: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    from tests.corpus.all_cases import CASES

    wanted = {"failed": "failed"}
    for case in CASES:
        outcome = deliver("", raw=case.raw or b" ")
        if wanted.get(case.result) != "failed":
            assert outcome.result != "failed", (case.name, outcome.why)
    assert not [m for m in rows(MailMessage) if m.state == MailState.RECEIVED]
    drain_all()
    assert all(mail["To"] for mail in mails())


def test_an_agents_answer_to_a_note_stays_inside(
    deliver: Deliver, mails: Mails, grace: Actor, linus: Actor, clock: time_machine.Traveller
) -> None:
    ticket = new_ticket(grace)
    note = f'<p><span data-mention="{linus.user_id}">@Linus</span> what do you think?</p>'
    reply(grace, ticket, note, isInternal=True, contentFormat="html")
    drain_all()
    (told,) = (m for m in mails() if "mentioned" in m["Subject"])
    answer = deliver(
        "He is wrong.", From="linus@acme.example", To=str(told["Reply-To"].addresses[0].addr_spec)
    )
    assert answer.response.is_internal
    by_id = deliver(
        "Really.",
        From="linus@acme.example",
        In_Reply_To=told["Message-ID"],
        To="support@acme.example",
    )
    assert by_id.response.is_internal
    clock.shift(timedelta(minutes=1))
    drain_all()
    to_jane = [m for m in mails() if m["To"].addresses[0].addr_spec == "jane@customer.example"]
    assert len(to_jane) == 1, "the confirmation and nothing of the note"
    customers = deliver("Hi", To=str(told["Reply-To"].addresses[0].addr_spec))
    assert customers.result == "held"
