"""What admins see of rules and of what they did."""

from ticketdesk.models import Rule
from ticketdesk.models.wire import Moment, View
from ticketdesk.services.rules.action import Action
from ticketdesk.services.rules.condition import Group
from ticketdesk.services.rules.definition import Passed, RuleDefinition
from ticketdesk.services.rules.runs import Ran


class RuleView(View):
    """A rule.

    `position` counts from 0. `run_count` counts the last 90 days, at most 10,000. `problems` name
    what it refers to that is gone; `last_problem` is what its newest run could not do.
    `circles` names the rules that it would set off, and they it, without end: itself included.
    """

    id: str
    name: str
    position: int
    is_active: bool
    triggers: list[str]
    passed: Passed | None
    conditions: Group
    actions: list[Action]
    problems: list[str]
    run_count: int
    last_run_at: Moment | None
    last_problem: str
    circles: list[str]
    version: int
    created_at: Moment
    updated_at: Moment


def rule_view(
    row: Rule,
    definition: RuleDefinition,
    counted: Ran | None,
    problems: list[str],
    circles: list[str],
) -> RuleView:
    """Return a rule with how often it ran."""
    return RuleView(
        id=row.id,
        name=row.name,
        position=row.position,
        is_active=row.is_active,
        triggers=list(definition.triggers),
        passed=definition.passed,
        conditions=definition.conditions,
        actions=definition.actions,
        problems=problems,
        run_count=counted.count if counted else 0,
        last_run_at=counted.last_at if counted else None,
        last_problem=counted.last_problem if counted else "",
        circles=circles,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
