"""Acme's rules."""

from typing import Any

from ticketdesk.demo.desk import Desk
from ticketdesk.demo.script import read_file
from ticketdesk.models import Rule
from ticketdesk.services.rules.definition import RuleInput


def lay_down(desk: Desk) -> list[Rule]:
    """Return the rules as rows, in their order.

    Scheduled ones begin to look at the moment of seeding, as if they had just been switched on.
    """
    entries = read_file("rules")["rule"]
    return [_rule(desk, entry, position) for position, entry in enumerate(entries)]


def _rule(desk: Desk, entry: dict[str, Any], position: int) -> Rule:
    is_active = entry.pop("active", True)
    rule = RuleInput.model_validate(_named(desk, entry))
    at = desk.organization.created_at
    return Rule(
        id=desk.identifiers.new("rule", at),
        organization_id=desk.organization.id,
        name=rule.name,
        position=position,
        is_active=is_active,
        definition=rule.model_dump(mode="json", by_alias=True, exclude={"name", "is_active"}),
        is_scheduled=rule.is_scheduled,
        seen_until=desk.timetable.now if rule.is_scheduled else None,
        created_at=at,
        updated_at=at,
    )


def _named(desk: Desk, value: Any) -> Any:
    """Put agents' identifiers in the place of `{ada}`."""
    if isinstance(value, dict):
        return {key: _named(desk, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_named(desk, inner) for inner in value]
    if isinstance(value, str) and value.startswith("{"):
        return desk.staff[value.strip("{}")].id
    return value
