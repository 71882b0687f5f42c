"""Agents answer from their mail program; nobody else speaks in their name."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine

from tests.jobs.test_drain import Mails, drain_all, new_ticket, reply
from tests.support.intake import Deliver, deliver, rows
from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.models import (
    TicketResponse,
)
from ticketdesk.services.mail.intake import held

__all__ = ["deliver"]


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


def test_an_agents_answer_to_a_note_stays_inside(
    deliver: Deliver, mails: Mails, grace: Actor, linus: Actor, clock: time_machine.Traveller
) -> None:
    told = told_of_a_note(grace, linus, mails)
    by_address = deliver(
        "He is wrong.", From="linus@acme.example", To=str(told["Reply-To"].addresses[0].addr_spec)
    )
    assert by_address.response.is_internal
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


def answer(mails: Mails) -> dict[str, str]:
    """Header fields of Linus answering the first mail that left."""
    thread = str(mails()[0]["Message-ID"])
    return {"From": "Linus <linus@acme.example>", "In_Reply_To": thread}


@pytest.mark.parametrize(
    ("found", "result"),
    [
        ("dmarc=pass header.from=acme.example", "appended"),
        ("spf=none; dkim=pass header.d=acme.example; dmarc=none", "appended"),
        ("spf=pass smtp.mailfrom=bounce.acme.example; dkim=none", "appended"),
        ("spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example", "held"),
        ('spf=pass smtp.mailfrom="a;dmarc=pass"@evil.example; dmarc=none', "held"),
        ("spf=none (dmarc=pass) smtp.mailfrom=evil.example; dkim=none", "held"),
        ("spf=softfail; dkim=none; dmarc=none", "held"),
    ],
)
def test_where_the_mail_server_looked_an_agents_address_must_have_passed(
    deliver: Deliver, mails: Mails, grace: Actor, found: str, result: str
) -> None:
    new_ticket(grace)
    drain_all()
    results = f"mx.acme.example; {found}"
    outcome = deliver("Pay here.", **answer(mails), Authentication_Results=results)
    assert outcome.result == result, outcome.why


def test_a_number_in_the_subject_lends_nobody_an_agents_voice(
    deliver: Deliver, mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    new_ticket(grace)
    drain_all()
    sender = {"From": "Linus <linus@acme.example>", "Subject": "[#1001] your account"}
    guessed = deliver("Pay here.", **sender)
    assert guessed.result == "appended"
    assert guessed.response.is_internal
    assert "stays inside" in guessed.why[-1]
    passed = "mx.acme.example; dmarc=pass header.from=acme.example"
    assert not deliver("Sorted.", **sender, Authentication_Results=passed).response.is_internal
    clock.shift(timedelta(minutes=1))
    drain_all()
    assert not [m for m in mails() if "Pay here." in m.get_body(("plain",)).get_content()]


def test_a_reply_to_lends_nobody_an_agents_name(deliver: Deliver) -> None:
    deliver("Hello.", From="no-reply@evil.example")
    outcome = deliver(
        "Pay here.",
        From="no-reply@evil.example",
        Reply_To="grace@acme.example",
        Subject="[#1001] your account",
    )
    assert outcome.response.author_type == "EMAIL"
    assert outcome.response.author.name == "no-reply@evil.example"


def told_of_a_note(grace: Actor, linus: Actor, mails: Mails) -> EmailMessage:
    note = f'<p><span data-mention="{linus.user_id}">@Linus</span> what do you think?</p>'
    reply(grace, new_ticket(grace), note, isInternal=True, contentFormat="html")
    drain_all()
    (told,) = (m for m in mails() if "mentioned" in m["Subject"])
    return told


def test_who_answers_a_note_at_the_customers_address_does_not_publish_it(
    deliver: Deliver, mails: Mails, grace: Actor, linus: Actor
) -> None:
    told = told_of_a_note(grace, linus, mails)
    public = next(m for m in mails() if "mentioned" not in m["Subject"])
    outcome = deliver(
        "He is wrong.",
        From="linus@acme.example",
        To=str(public["Reply-To"].addresses[0].addr_spec),
        In_Reply_To=told["Message-ID"],
    )
    assert outcome.response.is_internal


def test_a_note_of_a_doubtful_agent_that_is_accepted_stays_inside(
    deliver: Deliver, mails: Mails, grace: Actor, linus: Actor
) -> None:
    told = told_of_a_note(grace, linus, mails)
    outcome = deliver(
        "He is wrong.",
        From="linus@acme.example",
        In_Reply_To=told["Message-ID"],
        Authentication_Results="mx.acme.example; spf=none; dkim=none",
    )
    assert outcome.result == "held"
    assert unit_of_work.as_actor(grace, held.accept, outcome.mail_id).response.is_internal
