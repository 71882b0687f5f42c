"""Which rules would set each other off without end, told before they run."""

from typing import Any

import pytest

from ticketdesk.services.rules.circles import circles
from ticketdesk.services.rules.definition import RuleDefinition


def _rule(name: str, *actions: dict[str, Any], when: str = "TICKET_UPDATED", all_of: Any = ()):
    values = {
        "triggers": [when],
        "conditions": {"all": list(all_of)} if all_of else {},
        "actions": list(actions),
    }
    return name, name.title(), RuleDefinition.parse(values)


def _priority(value: str) -> dict[str, str]:
    return {"type": "SET_PRIORITY", "priority": value}


def _is(field: str, value: Any) -> dict[str, Any]:
    return {"field": field, "operator": "IS", "value": value}


TURN = {"type": "ASSIGN_ROUND_ROBIN", "agentIds": []}
UNSET = {"field": "assignee", "operator": "IS_NOT_SET", "value": None}


def test_two_rules_that_undo_each_other_go_round_in_circles() -> None:
    up = _rule("up", _priority("HIGH"), all_of=[_is("priority", "LOW")])
    down = _rule("down", _priority("LOW"), all_of=[_is("priority", "HIGH")])

    assert circles([up, down]) == {"up": ["Up", "Down"], "down": ["Up", "Down"]}


def test_a_circle_over_several_rules_is_found() -> None:
    statuses = ["OPEN", "IN_PROGRESS", "WAITING_ON_CUSTOMER", "OPEN"]
    rules = [
        _rule(
            f"step{i}",
            {"type": "SET_STATUS", "status": statuses[i + 1]},
            when="STATUS_CHANGED",
            all_of=[_is("status", statuses[i])],
        )
        for i in range(3)
    ]

    assert set(circles(rules)) == {"step0", "step1", "step2"}
    assert circles(rules[:2]) == {}


def test_a_tag_that_is_added_and_removed_goes_round() -> None:
    add = _rule("add", {"type": "ADD_TAGS", "tags": ["vip"]})
    remove = _rule("remove", {"type": "REMOVE_TAGS", "tags": ["VIP"]})

    assert set(circles([add, remove])) == {"add", "remove"}


@pytest.mark.parametrize(
    "rule",
    [
        _rule("same", _priority("HIGH")),
        _rule("raise", {"type": "RAISE_PRIORITY"}),
        _rule("new", TURN, when="TICKET_CREATED"),
        _rule("unassigned", TURN, all_of=[UNSET]),
        _rule("note", {"type": "ADD_NOTE", "content": "Hello"}),
        _rule("time", _priority("LOW"), when="CUSTOMER_RESPONDED"),
    ],
    ids=lambda rule: rule[0],
)
def test_a_rule_that_comes_to_an_end_is_no_circle(rule: Any) -> None:
    assert circles([rule]) == {}


def test_assigning_in_turn_at_every_change_never_ends() -> None:
    assert circles([_rule("turn", TURN)]) == {"turn": ["Turn"]}


def test_five_hundred_rules_are_looked_at_in_no_time() -> None:
    rules = [_rule(f"r{i}", _priority("HIGH" if i % 2 else "LOW")) for i in range(500)]

    assert len(circles(rules)) == 500
