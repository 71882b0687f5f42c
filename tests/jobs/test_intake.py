"""An incoming mail is kept first, judged once, and every outcome is visible."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine

from tests.jobs.test_drain import Mails, drain_all
from tests.support.intake import Deliver, deliver, rows
from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.jobs import intake
from ticketdesk.models import (
    MailMessage,
    MailOriginal,
    Ticket,
    TicketAttachment,
)
from ticketdesk.models.mail import MailState
from ticketdesk.services.mail.intake import failed, judge

__all__ = ["deliver"]


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


@pytest.mark.parametrize(
    "header",
    ["From: a\0b <a\0b@x.example>", "In-Reply-To: <a\0b@x>", "References: <a\0@x>", "To: a\0@x"],
)
def test_a_zero_byte_in_a_header_is_no_reason_to_fail(deliver: Deliver, header: str) -> None:
    raw = f"From: jane@customer.example\nSubject: x\0y\n{header}\n\nIt burns.\n"
    assert deliver("", raw=raw.encode()).result in {"created", "failed"}
    assert not [m for m in rows(MailMessage) if m.state == MailState.RECEIVED]
