"""Rules that would set each other off without end, found before they run.

A rule leads to another when what it does sets the other off and does not contradict the other's
conditions. Rules that lead to each other go round in circles if they change what they changed
before: one sets a field to this and another to that, adds a tag that another removes, or assigns
in turn. What is found is a warning: running rules stop after five rounds whatever happens
(semantics.md, Rules).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ticketdesk.services.rules.condition import Test
from ticketdesk.services.rules.definition import RuleDefinition
from ticketdesk.services.rules.words import folded

_SOMEBODY = object()
_UPDATED = frozenset({"TICKET_UPDATED"})
_MOVED = frozenset({"TICKET_UPDATED", "STATUS_CHANGED"})
_FIELDS = {
    "SET_STATUS": ("status", "status"),
    "SET_PRIORITY": ("priority", "priority"),
    "SET_CATEGORY": ("category", "category"),
    "ASSIGN_TO_AGENT": ("assignee", "agent_id"),
}
_IN_TURN = ("ASSIGN_ROUND_ROBIN", "ASSIGN_LEAST_LOADED")


@dataclass(frozen=True, slots=True)
class Effect:
    """What an action does to a field: the value it gets, and what that sets off."""

    field: str
    value: Any
    triggers: frozenset[str] = _UPDATED


@dataclass(frozen=True, slots=True)
class _Node:
    key: str
    name: str
    triggers: frozenset[str]
    tests: tuple[Test, ...]
    effects: tuple[Effect, ...]
    sets_off: frozenset[str]
    after: dict[str, Any]


def circles(rules: Iterable[tuple[str, str, RuleDefinition]]) -> dict[str, list[str]]:
    """Return the names of those with which a rule would go round in circles, itself included.

    Args:
        rules: identifier, name and definition of each.

    Returns:
        By identifier; rules that come to an end are left out.
    """
    nodes = [_node(*rule) for rule in rules]
    reach = _reach(nodes)
    found: dict[str, list[str]] = {}
    for i, node in enumerate(nodes):
        if not reach[i] >> i & 1:
            continue
        members = [j for j in range(len(nodes)) if reach[i] >> j & 1 and reach[j] >> i & 1]
        if _is_restless([nodes[j] for j in members]):
            found[node.key] = [nodes[j].name for j in members]
    return found


def _node(key: str, name: str, rule: RuleDefinition) -> _Node:
    tests = tuple(part for part in rule.conditions.all or () if isinstance(part, Test))
    effects = tuple(one for action in rule.actions for one in _effects(action))
    return _Node(
        key,
        name,
        frozenset(rule.triggers),
        tests,
        effects,
        sets_off=frozenset().union(*(effect.triggers for effect in effects)),
        after={effect.field: effect.value for effect in effects},
    )


def _effects(action: Any) -> list[Effect]:
    kind = action.type
    if kind in _FIELDS:
        field, attribute = _FIELDS[kind]
        triggers = _MOVED if field == "status" else _UPDATED
        return [Effect(field, _plain(getattr(action, attribute)), triggers)]
    if kind == "CLOSE":
        return [Effect("status", "closed", _MOVED)]
    if kind == "RAISE_PRIORITY":
        return [Effect("priority", _SOMEBODY)]
    if kind in _IN_TURN:
        return [Effect("assignee", _SOMEBODY)]
    if kind == "UNASSIGN":
        return [Effect("assignee", None)]
    if kind == "SET_CUSTOM_FIELD":
        return [Effect(f"customFields.{action.key}", _plain(action.value))]
    if kind in ("ADD_TAGS", "REMOVE_TAGS"):
        return [Effect(f"tag {_plain(tag)}", kind == "ADD_TAGS") for tag in action.tags]
    return []


def _plain(value: Any) -> Any:
    return folded(value) if isinstance(value, str) else str(value) if value is not None else None


def _reach(nodes: Sequence[_Node]) -> list[int]:
    """Return for each rule a number whose bits are the rules it leads to, however many between."""
    reach = [sum(1 << j for j, later in enumerate(nodes) if _leads(node, later)) for node in nodes]
    for middle in range(len(nodes)):
        through = reach[middle]
        for i, seen in enumerate(reach):
            if seen >> middle & 1:
                reach[i] |= through
    return reach


def _leads(first: _Node, later: _Node) -> bool:
    if first.sets_off.isdisjoint(later.triggers):
        return False
    return not any(_contradicts(test, first.after) for test in later.tests)


def _contradicts(test: Test, after: dict[str, Any]) -> bool:
    """Whether a test cannot hold right after some fields got values."""
    if test.operator.startswith("CHANGED") and test.field not in after:
        is_tag = test.field == "tags" and any(name.startswith("tag ") for name in after)
        return not is_tag
    if test.field not in after:
        return False
    value = after[test.field]
    if test.operator == "IS_NOT_SET":
        return value is not None
    if test.operator == "IS_SET":
        return value is None
    if value is _SOMEBODY:
        return False
    wanted = (
        [_plain(one) for one in test.value]
        if isinstance(test.value, list)
        else [_plain(test.value)]
    )
    if test.operator in ("IS", "IN", "CHANGED_TO"):
        return value not in wanted
    return test.operator in ("IS_NOT", "NOT_IN") and value in wanted


def _is_restless(members: list[_Node]) -> bool:
    """Whether rules change what they changed before."""
    values: dict[str, set[Any]] = {}
    for effect in (effect for node in members for effect in node.effects):
        values.setdefault(effect.field, set()).add(effect.value)
    if any(_SOMEBODY in found for field, found in values.items() if field == "assignee"):
        return True
    return any(len(found) > 1 for found in values.values())
