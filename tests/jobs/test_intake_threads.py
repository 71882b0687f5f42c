"""An incoming mail finds its ticket, or waits, or is a new one."""

import pytest
import time_machine

from tests.jobs.test_drain import Mails, drain_all, new_ticket, reply
from tests.support.intake import Deliver, deliver, rows
from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict
from ticketdesk.models import (
    MailAddress,
    MailMessage,
    MailOriginal,
    Ticket,
    TicketActivity,
    TicketResponse,
)
from ticketdesk.models.mail import MailState
from ticketdesk.services.chats import chats, messages, to_ticket
from ticketdesk.services.chats.commands import AddMessage, CreateChat, TicketFromChat
from ticketdesk.services.desk import undo
from ticketdesk.services.mail.intake import held

__all__ = ["deliver"]


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


def test_a_customers_mail_continues_the_conversation_that_began_as_a_chat(
    deliver: Deliver, mails: Mails, grace: Actor
) -> None:
    jane = {"title": "Dark", "customerName": "Jane", "customerEmail": "jane@customer.example"}
    chat = unit_of_work.as_actor(grace, chats.create, CreateChat.parse(jane))
    said = AddMessage.parse({"role": "USER", "content": "The hub is dark"})
    unit_of_work.as_actor(grace, messages.add_message, chat.id, said)
    ticket = unit_of_work.as_actor(
        grace, to_ticket.create_ticket, chat.id, TicketFromChat.parse({})
    )
    drain_all()
    reply(grace, ticket, "Press the button.")
    drain_all()
    outcome = deliver("It glows again.", In_Reply_To=mails()[-1]["Message-ID"])
    assert (outcome.result, outcome.ticket.id) == ("appended", ticket.id)
    assert outcome.ticket.origin_chat_id == chat.id
    assert [row.content for row in rows(TicketResponse, ticket_id=ticket.id)] == [
        "Press the button.",
        "It glows again.",
    ]


def test_another_organizations_signed_address_opens_nothing(
    deliver: Deliver, mails: Mails, grace: Actor, bo: Actor
) -> None:
    new_ticket(bo, requesterEmail="jane@customer.example")
    drain_all()
    (foreign,) = mails()
    outcome = deliver("Hi", To=str(foreign["Reply-To"]), In_Reply_To=foreign["Message-ID"])
    assert outcome.result == "created"
    assert outcome.ticket.organization_id == grace.organization_id


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


def test_a_message_that_was_discarded_by_mistake_waits_again(
    deliver: Deliver, mails: Mails, grace: Actor
) -> None:
    ticket = new_ticket(grace)
    drain_all()
    thread = mails()[0]["Message-ID"]
    waits = deliver("Me too.", From="Eve <eve@elsewhere.example>", In_Reply_To=thread)
    unit_of_work.as_actor(grace, held.discard, waits.mail_id)
    assert unit_of_work.as_actor(grace, held.of_ticket, ticket.id) == []

    said = unit_of_work.as_actor(grace, undo.take_back, "discarded", [waits.mail_id])

    assert said == "The message waits in its ticket again"
    (back,) = unit_of_work.as_actor(grace, held.of_ticket, ticket.id)
    assert back.id == waits.mail_id
    with pytest.raises(Conflict, match="not discarded"):
        unit_of_work.as_actor(grace, held.wait_again, waits.mail_id)
    assert unit_of_work.as_actor(grace, held.accept, waits.mail_id).result == "appended"
    with pytest.raises(Conflict):
        unit_of_work.as_actor(grace, undo.take_back, "discarded", [waits.mail_id])


def test_a_customers_address_that_is_forged_waits(
    deliver: Deliver, mails: Mails, grace: Actor
) -> None:
    new_ticket(grace)
    drain_all()
    forwarded = "mx.acme.example; spf=fail; dkim=none"
    forged = "mx.acme.example; spf=fail; dkim=none; dmarc=fail"
    by_number = {"Subject": "[#1001] x"}
    by_thread = {"In_Reply_To": str(mails()[0]["Message-ID"])}
    for found, where, result in (
        (forwarded, by_number, "held"),
        (forged, by_number, "held"),
        (forged, by_thread, "held"),
        (forwarded, by_thread, "appended"),
    ):
        assert deliver("Hi", **where, Authentication_Results=found).result == result


def test_somebody_in_copy_cannot_prove_the_address_of_another(
    deliver: Deliver, mails: Mails, grace: Actor
) -> None:
    deliver("Hello.", From="eve@elsewhere.example", Cc="victim@customer.example")
    drain_all()
    thread = str(mails()[0]["Message-ID"])
    forged = deliver("Yes.", From="victim@customer.example", In_Reply_To=thread)
    assert forged.result == "appended"
    assert not [a for a in rows(MailAddress) if a.verified_at]
    deliver("Mine.", From="eve@elsewhere.example", In_Reply_To=thread)
    assert [a.email for a in rows(MailAddress) if a.verified_at] == ["eve@elsewhere.example"]
