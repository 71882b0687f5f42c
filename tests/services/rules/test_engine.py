"""Rules run in the transaction of a change, in order, each once."""

from itertools import permutations
from typing import Any

import pytest
from sqlmodel import select

from tests.services.rules.desk import asks, by_rules, make_rule
from tests.services.sla.desk import move, open_ticket, say
from ticketdesk.models import (
    RuleRun,
    Ticket,
    TicketActivity,
    TicketResponse,
)
from ticketdesk.models.enums import TicketActivityType as A
from ticketdesk.models.enums import TicketPriority
from ticketdesk.services.chats import chats
from ticketdesk.services.chats.commands import CreateChat, UpdateChat
from ticketdesk.services.rules import manage
from ticketdesk.services.tickets.commands import UpdateTicket
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


def test_when_the_change_is_rolled_back_so_is_what_the_rules_did(
    session, ada, grace, clock
) -> None:
    make_rule(session, ada)
    savepoint = session.begin_nested()
    ticket = open_ticket(session, grace)
    savepoint.rollback()

    assert session.exec(select(Ticket).where(Ticket.id == ticket.id)).first() is None
    assert session.exec(select(RuleRun)).all() == []


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
