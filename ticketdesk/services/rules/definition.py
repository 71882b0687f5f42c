"""A rule as an admin writes it down: when, if, then."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from ticketdesk.models.ticket_settings import Line
from ticketdesk.models.wire import Command
from ticketdesk.services.rules.action import Action
from ticketdesk.services.rules.condition import Group, require_bounded

Trigger = Literal[
    "TICKET_CREATED",
    "TICKET_UPDATED",
    "CUSTOMER_RESPONDED",
    "AGENT_RESPONDED",
    "STATUS_CHANGED",
    "SLA_WARNED",
    "SLA_BREACHED",
    "CHAT_ESCALATED",
    "TIME_PASSED",
]
SCHEDULED = "TIME_PASSED"


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


class Passed(Command):
    """For TIME_PASSED: so many hours since something, on the wall clock."""

    hours: Annotated[float, Field(ge=0.1, le=24 * 3650)]
    since: Annotated[
        Literal["CREATED", "UPDATED", "STATUS_CHANGED", "LAST_MESSAGE"], BeforeValidator(_upper)
    ] = "STATUS_CHANGED"


class RuleDefinition(Command):
    """What is kept of a rule beside its name and order."""

    triggers: list[Annotated[Trigger, BeforeValidator(_upper)]] = Field(min_length=1, max_length=9)
    passed: Passed | None = None
    conditions: Group = Field(default_factory=Group)
    actions: list[Action] = Field(min_length=1, max_length=20)

    @field_validator("conditions")
    @classmethod
    def _bounded(cls, group: Group) -> Group:
        require_bounded(group)
        return group

    @model_validator(mode="after")
    def _is_one_kind(self) -> "RuleDefinition":
        if SCHEDULED in self.triggers:
            if self.passed is None:
                raise ValueError("TIME_PASSED needs passed: the hours, and since when")
            if len(self.triggers) > 1:
                raise ValueError("TIME_PASSED stands alone; make a second rule for the others")
        elif self.passed is not None:
            raise ValueError("passed belongs to the trigger TIME_PASSED")
        return self

    @property
    def is_scheduled(self) -> bool:
        """Whether it waits for time to pass rather than for a change."""
        return self.triggers == [SCHEDULED]


class RuleInput(RuleDefinition):
    """A new rule, or all of a changed one."""

    name: Line
    is_active: bool = True


class RulePatch(Command):
    """A partial change: only the given keys count; `version` guards against overwriting."""

    name: Line | None = None
    is_active: bool | None = None
    position: Annotated[int, Field(ge=0, le=10_000)] | None = None
    triggers: list[Annotated[Trigger, BeforeValidator(_upper)]] | None = None
    passed: Passed | None = None
    conditions: Group | None = None
    actions: list[Action] | None = None
    version: int | None = None
