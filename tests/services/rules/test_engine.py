"""When rules run, in which order, and how they end (semantics.md, Rules)."""

from itertools import permutations
from typing import Any

import pytest
from sqlmodel import select

from tests.services.rules.desk import asks, by_rules, make_rule
from tests.services.sla.desk import move, open_ticket, say
from ticketdesk import db
from ticketdesk.errors import Conflict
from ticketdesk.models import (
    CannedResponse,
    OutboxEvent,
    RuleRun,
    Ticket,
    TicketActivity,
    TicketResponse,
    User,
    Webhook,
    WebhookDelivery,
)
from ticketdesk.models.enums import TicketActivityType as A
from ticketdesk.models.enums import TicketPriority, TicketStatus
from ticketdesk.services.chats import chats
from ticketdesk.services.chats.commands import CreateChat, UpdateChat
from ticketdesk.services.rules import manage, pending
from ticketdesk.services.rules.definition import RulePatch
from ticketdesk.services.rules.runs import last_runs
from ticketdesk.services.tickets.commands import CreateTicket, UpdateTicket
from ticketdesk.services.tickets.create import create
from ticketdesk.services.tickets.split import SplitTicket, split
from ticketdesk.services.tickets.update import update

URGENT = [{"type": "SET_PRIORITY", "priority": "URGENT"}]


def _tag(*tags: str) -> list[dict[str, Any]]:
    return [{"type": "ADD_TAGS", "tags": list(tags)}]


def test_a_new_ticket_sets_off_the_rules_for_it_before_the_verb_returns(
    session, ada, grace, clock
) -> None:
    make_rule(
        session, ada, "Fire", conditions={"all": [asks("subject", "CONTAINS", "fire")]},
        actions=URGENT,
    )  # fmt: skip

    burning = open_ticket(session, grace)
    calm = open_ticket(session, grace, subject="The fireplace is cold")

    assert (burning.priority, burning.version) == (TicketPriority.URGENT, 1)
    assert calm.priority == TicketPriority.MEDIUM
    assert by_rules(session, burning) == [("Fire", "changed the priority from MEDIUM to URGENT")]


def test_the_due_times_follow_a_rules_change(session, ada, grace, clock) -> None:
    make_rule(session, ada, actions=URGENT)

    ticket = open_ticket(session, grace)

    assert (ticket.resolution_sla - ticket.created_at).total_seconds() == 480 * 60


def test_a_rule_that_is_off_does_nothing(session, ada, grace, clock) -> None:
    make_rule(session, ada, isActive=False)

    assert open_ticket(session, grace).tags == []


def test_rules_run_in_the_admins_order_and_see_what_earlier_ones_changed(
    session, ada, grace, clock
) -> None:
    first = make_rule(session, ada, "First", actions=_tag("vip"))
    second = make_rule(
        session, ada, "Second", conditions={"all": [asks("tags", "CONTAINS", "vip")]},
        actions=URGENT,
    )  # fmt: skip
    assert open_ticket(session, grace).priority == TicketPriority.URGENT

    manage.reorder(session, ada, [second.id, first.id])

    assert open_ticket(session, grace).priority == TicketPriority.MEDIUM


@pytest.mark.parametrize("order", list(permutations(["LOW", "HIGH", "URGENT"])))
def test_the_last_rule_has_the_last_word_in_every_order(
    session, ada, grace, clock, order: tuple[str, ...]
) -> None:
    for priority in order:
        make_rule(session, ada, priority, actions=[{"type": "SET_PRIORITY", "priority": priority}])

    assert open_ticket(session, grace).priority == order[-1]


@pytest.mark.parametrize(
    ("trigger", "change"),
    [
        ("TICKET_UPDATED", lambda s, p, t: update(
            s, p["grace"], t.id, UpdateTicket.parse({"subject": "Changed"}))),
        ("STATUS_CHANGED", lambda s, p, t: move(s, p["grace"], t, "IN_PROGRESS")),
        ("AGENT_RESPONDED", lambda s, p, t: say(s, p["grace"], t, "Hello")),
        ("CUSTOMER_RESPONDED", lambda s, p, t: say(s, p["jane"], t, "Hello")),
    ],
)  # fmt: skip
def test_each_trigger_is_set_off_by_its_change_alone(
    session, ada, grace, jane, clock, trigger: str, change: Any
) -> None:
    people = {"grace": grace, "jane": jane}
    make_rule(session, ada, "Rule", triggers=[trigger])
    ticket = open_ticket(session, grace)
    assert ticket.tags == []

    say(session, grace, ticket, "Just between us", isInternal=True)
    assert ticket.tags == []
    change(session, people, ticket)

    assert ticket.tags == ["rule"]


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


def test_changed_from_and_to_ask_for_this_change(session, ada, grace, clock) -> None:
    make_rule(
        session, ada, "Reopened", triggers=["STATUS_CHANGED"],
        conditions={"all": [
            asks("status", "CHANGED_FROM", "RESOLVED"), asks("status", "CHANGED_TO", "OPEN"),
        ]},
    )  # fmt: skip
    ticket = open_ticket(session, grace)
    move(session, grace, ticket, "RESOLVED")
    assert ticket.tags == []

    move(session, grace, ticket, "OPEN")

    assert ticket.tags == ["reopened"]


def test_a_change_made_by_a_rule_sets_off_others(session, ada, grace, clock) -> None:
    make_rule(
        session, ada, "Later", triggers=["TICKET_UPDATED"],
        conditions={"all": [asks("priority", "CHANGED_TO", "URGENT")]},
    )  # fmt: skip
    make_rule(session, ada, "First", actions=URGENT)

    ticket = open_ticket(session, grace)

    assert ticket.tags == ["later"]


def test_each_rule_runs_once_per_change(session, ada, grace, clock) -> None:
    make_rule(session, ada, "Note", actions=[{"type": "ADD_NOTE", "content": "<p>Seen</p>"}])

    ticket = open_ticket(session, grace)

    assert by_rules(session, ticket) == [("Note", "added an internal note")]


def test_rules_that_set_each_other_off_stop_after_five_rounds_and_say_so(
    session, ada, grace, clock
) -> None:
    for name, before, after in (("Up", "LOW", "HIGH"), ("Down", "HIGH", "LOW")):
        make_rule(
            session, ada, name, triggers=["TICKET_UPDATED"],
            conditions={"all": [asks("priority", "CHANGED_TO", before)]},
            actions=[{"type": "SET_PRIORITY", "priority": after}],
        )  # fmt: skip
    ticket = open_ticket(session, grace)

    update(session, grace, ticket.id, UpdateTicket.parse({"priority": "LOW"}))

    assert [name for name, _ in by_rules(session, ticket)] == ["Up", "Down", "Up", "Down", "Up"]
    stopped = session.exec(
        select(TicketActivity).where(TicketActivity.activity_type == A.RULES_STOPPED)
    ).one()
    assert stopped.description == "stopped the rules, which kept setting each other off: Down"
    assert stopped.performed_by_kind == "SYSTEM"


def test_a_rule_that_has_nothing_left_to_change_ends_the_rounds_quietly(
    session, ada, grace, clock
) -> None:
    make_rule(session, ada, "Vip", triggers=["TICKET_UPDATED"])
    ticket = open_ticket(session, grace)

    update(session, grace, ticket.id, UpdateTicket.parse({"priority": "LOW"}))

    assert session.exec(
        select(TicketActivity).where(TicketActivity.activity_type == A.RULES_STOPPED)
    ).all() == []  # fmt: skip


def test_a_refused_action_never_breaks_the_change_and_is_written_down(
    session, ada, grace, clock
) -> None:
    rule = make_rule(
        session, ada, "Close", triggers=["STATUS_CHANGED"],
        actions=[{"type": "SET_STATUS", "status": "RESOLVED"}, *_tag("seen")],
    )  # fmt: skip
    ticket = open_ticket(session, grace)

    move(session, grace, ticket, "CANCELLED")

    assert (ticket.status, ticket.tags) == (TicketStatus.CANCELLED, ["seen"])
    found = manage.get(session, ada, rule.id)
    assert found.run_count == 1
    assert found.last_problem.startswith("A ticket cannot go from CANCELLED to RESOLVED.")


def test_a_deleted_agent_is_written_down_and_shown_on_the_rule(
    session, ada, grace, linus, clock
) -> None:
    rule = make_rule(session, ada, actions=[{"type": "ASSIGN_TO_AGENT", "agentId": linus.user_id}])
    session.get(User, linus.user_id).is_active = False
    session.flush()

    ticket = open_ticket(session, grace)

    assert ticket.assigned_to_id is None
    found = manage.get(session, ada, rule.id)
    assert found.last_problem == "There is no such member."
    assert found.problems == [f"There is no active agent {linus.name!r}."]


def test_when_the_change_is_rolled_back_so_is_what_the_rules_did(
    session, ada, grace, clock
) -> None:
    make_rule(session, ada)
    savepoint = session.begin_nested()
    ticket = open_ticket(session, grace)
    savepoint.rollback()

    assert session.exec(select(Ticket).where(Ticket.id == ticket.id)).first() is None
    assert session.exec(select(RuleRun)).all() == []


def test_runs_are_counted_and_listed(session, ada, grace, clock) -> None:
    rule = make_rule(session, ada, "Vip")
    make_rule(session, ada, "Never", conditions={"all": [asks("tags", "CONTAINS", "x")]})
    for _ in range(3):
        open_ticket(session, grace)

    assert [one.run_count for one in manage.list_all(session, ada)] == [3, 0]
    assert [run.words for run in last_runs(session, ada, rule.id)] == ["added the tag vip"] * 3


def test_another_organizations_rules_are_not_ours(session, cast, ada, bo, grace, clock) -> None:
    make_rule(session, ada)
    db.set_tenant(session, cast.globex)

    assert open_ticket(session, bo).tags == []
    assert manage.list_all(session, bo) == []


def test_a_position_moves_a_rule_among_the_others(session, ada, clock) -> None:
    for name in ("One", "Two", "Three"):
        last = make_rule(session, ada, name)

    manage.change(session, ada, last.id, RulePatch.parse({"position": 0}))

    assert [rule.name for rule in manage.list_all(session, ada)] == ["Three", "One", "Two"]


def test_an_order_that_leaves_a_rule_out_is_refused(session, ada, clock) -> None:
    rule = make_rule(session, ada)
    make_rule(session, ada, "Other")

    with pytest.raises(Conflict):
        manage.reorder(session, ada, [rule.id])


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


def test_an_escalated_chat_sets_off_the_rules_for_its_tickets(session, ada, grace, clock) -> None:
    make_rule(session, ada, "Chat", triggers=["CHAT_ESCALATED"])
    who = {"title": "Help", "customerName": "Jane", "customerEmail": "jane@customer.example"}
    chat = chats.create(session, grace, CreateChat.parse(who))
    before = open_ticket(session, grace, originChatId=chat.id)
    assert before.tags == []

    escalate = UpdateChat.parse({"escalation": "ESCALATED"})
    chats.update(session, grace, chat.id, escalate)
    chats.update(session, grace, chat.id, escalate)
    after = open_ticket(session, grace, originChatId=chat.id)

    assert (before.tags, after.tags) == (["chat"], ["chat"])
    assert len(by_rules(session, before)) == 1


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


def test_a_split_sets_off_the_rules_for_new_tickets_on_the_new_one_alone(
    session, ada, grace, jane, clock
) -> None:
    ticket = open_ticket(session, jane)
    say(session, jane, ticket, "And another thing")
    message = session.exec(
        select(TicketResponse).where(TicketResponse.ticket_id == ticket.id)
    ).one()
    make_rule(session, ada, "New")

    done = split(
        session, grace, ticket.id,
        SplitTicket.parse({"responseIds": [message.id], "subject": "Another thing"}),
    )  # fmt: skip

    assert (done.ticket.tags, ticket.tags) == (["new"], [])
