"""Each comparison and the ways to combine them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.rules.desk import asks
from ticketdesk.errors import Invalid
from ticketdesk.models import Ticket
from ticketdesk.models.ticket_settings import BusinessHours
from ticketdesk.services.rules.condition import Group
from ticketdesk.services.rules.definition import RuleInput
from ticketdesk.services.rules.facts import Facts, Messages
from ticketdesk.services.rules.judge import holds
from ticketdesk.services.sla.calendar import calendar_of

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
MESSAGES = Messages("It is still broken", NOW - timedelta(hours=5), None, NOW - timedelta(hours=3))


def _facts(**changes: tuple[Any, Any]) -> Facts:
    ticket = Ticket(
        id="ticket_1", organization_id="org_1", ticket_number=1001,
        subject="Refund for order 7", description="", description_text="Please hurry",
        status="OPEN", priority="HIGH", category="Billing", source="EMAIL", language="de",
        requester_email="jane@customer.example", requester_name="Jane Doe", tags=["vip", "eu"],
        assigned_to_id=None, custom_fields={"plan": "Gold", "seats": 12, "due": "2026-03-01"},
        created_at=NOW - timedelta(hours=30), updated_at=NOW, last_message_at=NOW,
    )  # fmt: skip
    hours = BusinessHours.model_validate(
        {"timezone": "Europe/Berlin", "weekly": {"mon": [("09:00", "12:30")]}}
    )
    return Facts(
        ticket, NOW, lambda: MESSAGES, changes=changes, load_calendar=lambda: calendar_of(hours)
    )


TRUE: list[dict[str, Any]] = [
    asks("subject", "CONTAINS", "REFUND"),
    asks("subject", "DOES_NOT_CONTAIN", "ref"),
    asks("subject", "STARTS_WITH", "refund FOR"),
    asks("subject", "MATCHES_ANY_WORD", ["money", "order"]),
    asks("subject", "IS", "refund for order 7"),
    asks("description", "CONTAINS", "hurry"),
    asks("latestMessage", "CONTAINS", "broken"),
    asks("status", "IS", "OPEN"),
    asks("status", "IS_NOT", "NEW"),
    asks("status", "IN", ["NEW", "OPEN"]),
    asks("status", "NOT_IN", ["CLOSED"]),
    asks("priority", "MORE_THAN", "MEDIUM"),
    asks("priority", "LESS_THAN", "URGENT"),
    asks("category", "IS", "billing"),
    asks("source", "IS", "EMAIL"),
    asks("language", "IN", ["de", "at"]),
    asks("requester", "IS", "Jane@Customer.example"),
    asks("requesterName", "CONTAINS", "doe"),
    asks("requesterDomain", "IS", "customer.example"),
    asks("assignee", "IS_NOT_SET"),
    asks("assignee", "IS", None),
    asks("tags", "CONTAINS", "VIP"),
    asks("tags", "IN", ["other", "eu"]),
    asks("tags", "DOES_NOT_CONTAIN", "us"),
    asks("customFields.plan", "IS", "gold"),
    asks("customFields.seats", "MORE_THAN", 10),
    asks("customFields.due", "BEFORE", "2026-03-02T00:00:00Z"),
    asks("customFields.nothing", "IS_NOT_SET"),
    asks("createdAt", "BEFORE", "2026-03-02T00:00:00+01:00"),
    asks("createdAt", "AFTER", "2026-03-01T00:00:00Z"),
    asks("now", "WITHIN_BUSINESS_HOURS"),
    asks("createdAt", "OUTSIDE_BUSINESS_HOURS"),
    asks("hoursSinceCreated", "MORE_THAN", 29.5),
    asks("hoursSinceStatusChange", "LESS_THAN", 4),
    asks("hoursSinceCustomerMessage", "MORE_THAN", 4),
]
FALSE: list[dict[str, Any]] = [
    asks("subject", "CONTAINS", "ref"),
    asks("subject", "CHANGED"),
    asks("assignee", "IS_SET"),
    asks("hoursSinceAgentMessage", "MORE_THAN", 0),
    asks("customFields.plan", "MORE_THAN", 3),
    asks("customFields.nothing", "CHANGED"),
]


def _holds(condition: dict[str, Any], **changes: tuple[Any, Any]) -> bool:
    return holds(Group.parse({"all": [condition]}), _facts(**changes))


@pytest.mark.parametrize("condition", TRUE, ids=lambda c: f"{c['field']} {c['operator']}")
def test_it_holds(condition: dict[str, Any]) -> None:
    assert _holds(condition)


@pytest.mark.parametrize("condition", FALSE, ids=lambda c: f"{c['field']} {c['operator']}")
def test_it_does_not_hold(condition: dict[str, Any]) -> None:
    assert not _holds(condition)


def test_changes_are_told_from_and_to() -> None:
    change = {"status": ("NEW", "OPEN"), "customFields": ({"plan": "Free"}, {"plan": "Gold"})}

    assert _holds(asks("status", "CHANGED"), **change)
    assert _holds(asks("status", "CHANGED_FROM", "NEW"), **change)
    assert _holds(asks("status", "CHANGED_TO", "OPEN"), **change)
    assert not _holds(asks("status", "CHANGED_TO", "CLOSED"), **change)
    assert _holds(asks("customFields.plan", "CHANGED_FROM", "free"), **change)
    assert not _holds(asks("priority", "CHANGED"), **change)


def test_groups_nest_as_all_any_and_none() -> None:
    yes, no = TRUE[0], FALSE[0]
    tree = {"all": [yes, {"any": [no, yes]}, {"none": [no, {"all": [yes, no]}]}]}

    assert holds(Group.parse(tree), _facts())
    assert not holds(Group.parse({"all": [tree, {"none": [tree]}]}), _facts())
    assert holds(Group.parse({}), _facts())


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=8), st.permutations(range(8)))
def test_the_order_of_conditions_does_not_matter(truths: list[bool], order: list[int]) -> None:
    parts = [TRUE[0] if truth else FALSE[0] for truth in truths]
    shuffled = [parts[index] for index in order if index < len(parts)]

    for key in ("all", "any", "none"):
        assert holds(Group.parse({key: parts}), _facts()) == holds(
            Group.parse({key: shuffled}), _facts()
        )


def _nested(depth: int) -> dict[str, Any]:
    return {"all": [_nested(depth - 1)]} if depth else {"all": [TRUE[0]]}


@pytest.mark.parametrize(
    "conditions",
    [
        {"all": [asks("shoe", "IS", "red")]},
        {"all": [asks("subject", "REGEX", "(a+)+$")]},
        {"all": [asks("subject", "MORE_THAN", 5)]},
        {"all": [asks("status", "IS", "SLEEPING")]},
        {"all": [asks("status", "IN", [])]},
        {"all": [asks("hoursSinceCreated", "MORE_THAN", "many")]},
        {"all": [asks("createdAt", "BEFORE", "yesterday")]},
        {"all": [asks("createdAt", "BEFORE", "2026-03-02T00:00:00")]},
        {"all": [asks("subject", "CONTAINS", None)]},
        {"all": [asks("subject", "IS_SET", "x")]},
        {"some": []},
        _nested(6),
        {"any": [TRUE[0]] * 201},
        {"any": [{"all": [TRUE[0]] * 150}, {"all": [TRUE[0]] * 150}]},
    ],
)
def test_conditions_that_make_no_sense_are_refused(conditions: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        RuleInput.parse(
            {
                "name": "x",
                "triggers": ["TICKET_CREATED"],
                "conditions": conditions,
                "actions": [{"type": "CLOSE"}],
            }
        )
