"""Automatic answers of rules, and what rules tell to others."""

import pytest
from sqlmodel import select

from tests.services.rules.desk import make_rule
from tests.services.sla.desk import open_ticket, say
from ticketdesk.models import (
    CannedResponse,
    OutboxEvent,
    Ticket,
    TicketResponse,
    Webhook,
    WebhookDelivery,
)
from ticketdesk.models.enums import TicketStatus
from ticketdesk.services.rules import pending
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create


@pytest.fixture
def answering(session, cast, ada, clock) -> None:
    """A rule that answers every new ticket and every message of a customer."""
    session.add(
        CannedResponse(
            id="canned_2", organization_id=cast.acme, title="Hi", shortcut="hi", content="<p>Hi</p>"
        )
    )
    session.flush()
    make_rule(
        session, ada, "Answer", triggers=["TICKET_CREATED", "CUSTOMER_RESPONDED"],
        actions=[{"type": "SEND_CANNED_RESPONSE", "cannedResponseId": "canned_2"}],
    )  # fmt: skip


def _answers(session, ticket: Ticket) -> int:
    query = select(TicketResponse).where(
        TicketResponse.ticket_id == ticket.id, TicketResponse.author_type == "SYSTEM"
    )
    return len(session.exec(query).all())


def test_an_automatic_answer_is_no_agents_response(session, cast, ada, jane, clock) -> None:
    session.add(
        CannedResponse(
            id="canned_1", organization_id=cast.acme, title="Hi", shortcut="hi",
            content="<p>Hi {{requester.first_name}}, we have #{{ticket.number}}.</p>",
        )
    )  # fmt: skip
    session.flush()
    make_rule(session, ada, "Answered", triggers=["AGENT_RESPONDED"])
    make_rule(
        session, ada, "Answer",
        actions=[{"type": "SEND_CANNED_RESPONSE", "cannedResponseId": "canned_1"}],
    )  # fmt: skip

    ticket = open_ticket(session, jane)

    answer = session.exec(select(TicketResponse).where(TicketResponse.ticket_id == ticket.id)).one()
    assert (answer.author_type, answer.author_name) == ("SYSTEM", "Answer")
    assert answer.content_text == f"Hi Jane, we have #{ticket.ticket_number}."
    assert (ticket.status, ticket.first_response_at, ticket.tags) == (TicketStatus.NEW, None, [])


def test_what_a_machine_sent_is_not_answered(session, grace, jane, answering, clock) -> None:
    command = CreateTicket.parse(
        {
            "requesterName": "Robot",
            "requesterEmail": "robot@x.example",
            "subject": "Nightly report",
            "description": "All fine",
        }
    )
    by_machine = create(session, grace, command, metadata={"mail": {"mayAnswer": False}})
    assert _answers(session, session.get(Ticket, by_machine.id)) == 0

    ticket = open_ticket(session, jane)
    assert _answers(session, ticket) == 1
    pending.forbid_answers(session, ticket.id)
    say(session, jane, ticket, "I am out of office")
    assert _answers(session, ticket) == 1


def test_a_rule_tells_a_webhook_through_the_outbox(session, cast, ada, grace, clock) -> None:
    session.add(
        Webhook(
            id="hook_1", organization_id=cast.acme, url="https://hooks.example/in",
            events=["ticket:created"], sealed_secret="sealed",
        )
    )  # fmt: skip
    session.flush()
    make_rule(session, ada, "Tell", actions=[{"type": "WEBHOOK", "webhookId": "hook_1"}])

    ticket = open_ticket(session, grace)

    told = session.exec(select(WebhookDelivery).where(WebhookDelivery.event == "rule:ran")).one()
    assert (told.body["rule"], told.body["ticket"]["id"]) == ("Tell", ticket.id)
    assert session.get(OutboxEvent, told.outbox_id).subscriber == "webhooks.deliver"
