"""Machines get no answers, their loops fall silent, and their reports end where they belong."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from tests.jobs.test_drain import Mails, drain_all, new_ticket, reply
from tests.support.intake import Deliver, deliver, rows
from ticketdesk.actor import Actor
from ticketdesk.jobs.intake import take_in
from ticketdesk.models import (
    MailAddress,
    MailDelivery,
    Ticket,
    TicketActivity,
    TicketResponse,
    User,
)
from ticketdesk.models.mail import DeliveryState

__all__ = ["deliver"]


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
    returned = report(str(answer["Message-ID"]), "jane@customer.example")
    outcome = deliver("", raw=returned)
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


def report(about: str, *failed: str) -> bytes:
    """A delivery report about the mail with this Message-ID."""
    groups = "".join(
        f"Final-Recipient: rfc822; {email}\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\n\n"
        for email in failed
    )
    return (
        "From: MAILER-DAEMON@mx.example\nTo: support@acme.example\nReturn-Path: <>\n"
        "Subject: Undelivered Mail Returned to Sender\nMessage-ID: <b@mx.example>\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;\n"
        ' boundary="B"\n\n--B\n\nI am sorry.\n--B\nContent-Type: message/delivery-status\n\n'
        f"Reporting-MTA: dns; mx.example\n\n{groups}"
        f"--B\nContent-Type: text/rfc822-headers\n\nMessage-ID: {about}\n\n--B--\n"
    ).encode()


def test_a_report_cuts_nobody_off_who_was_only_in_copy(
    deliver: Deliver, mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    copied = "omar@customer.example"
    ticket = deliver("Hello.", From="eve@elsewhere.example", Cc=copied).ticket
    reply(grace, ticket, "Please try.", cc=[copied])
    clock.shift(timedelta(seconds=11))
    drain_all()
    forged = report(str(mails()[-1]["Message-ID"]), copied)
    assert deliver("", raw=forged).result == "bounce"
    states = {d.recipient: d.state for d in rows(MailDelivery, kind="response")}
    assert states[copied] == DeliveryState.BOUNCED, "the agent is told"
    assert not rows(User, email=copied)[0].undeliverable_at
    assert not [a for a in rows(MailAddress) if a.undeliverable_at]


def test_whoever_is_in_copy_does_not_cut_the_requester_off(
    deliver: Deliver, mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    copied = "eve@elsewhere.example"
    ticket = new_ticket(grace)
    drain_all()
    alone = str(mails()[-1]["Message-ID"])
    reply(grace, ticket, "Please try.", cc=[copied])
    clock.shift(timedelta(seconds=11))
    drain_all()
    seen = mails()[-1]
    # What Eve has read: the id, and the signed address of the ticket.
    for raw in (
        report(str(seen["Message-ID"]), "jane@customer.example"),
        report("<none@elsewhere.example>", "jane@customer.example").replace(
            b"support@acme.example", str(seen["Reply-To"]).encode()
        ),
    ):
        unlike = raw.replace(b"<b@mx.example>", f"<{len(raw)}@mx.example>".encode())
        assert deliver("", raw=unlike).result == "bounce"
        assert not rows(User, email="jane@customer.example")[0].undeliverable_at
        assert not [a for a in rows(MailAddress) if a.undeliverable_at]
    assert rows(TicketActivity, activity_type="MAIL_FAILED"), "the agents are told"
    # What only Jane's own server could return.
    assert deliver("", raw=report(alone, "jane@customer.example")).result == "bounce"
    assert rows(User, email="jane@customer.example")[0].undeliverable_at


def test_a_report_about_a_mail_that_is_not_ours_marks_nobody(deliver: Deliver) -> None:
    forged = report("<never@acme.example>", "jane@customer.example")
    assert deliver("", raw=forged).result == "bounce"
    assert not rows(User, email="jane@customer.example")[0].undeliverable_at


def test_whoever_writes_again_is_answered_whatever_a_report_said(
    deliver: Deliver, mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    reply(grace, new_ticket(grace), "Please try.")
    clock.shift(timedelta(seconds=11))
    drain_all()
    deliver("", raw=report(str(mails()[-1]["Message-ID"]), "jane@customer.example"))
    assert rows(User, email="jane@customer.example")[0].undeliverable_at
    deliver("Are you there?")
    assert not rows(User, email="jane@customer.example")[0].undeliverable_at
    assert not [a for a in rows(MailAddress) if a.undeliverable_at]
