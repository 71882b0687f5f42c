"""A policy as an admin writes it down: for whom it is, what it promises, who hears of a failure."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from ticketdesk.models.enums import TicketPriority
from ticketdesk.models.ticket_settings import BusinessHours, Line, Minutes
from ticketdesk.models.wire import Command
from ticketdesk.services.rules.action import Action
from ticketdesk.services.rules.condition import Group, require_bounded

Target = Literal["FIRST_RESPONSE", "NEXT_RESPONSE", "RESOLUTION"]


class PerPriority(Command):
    """Minutes per priority; null promises nothing for it."""

    low: Minutes | None = None
    medium: Minutes | None = None
    high: Minutes | None = None
    urgent: Minutes | None = None
    critical: Minutes | None = None


def _is_table(value: object) -> str:
    return "PerPriority" if isinstance(value, dict | PerPriority) else "int"


# Told apart before they are judged: a wrong cell of a table is not also a wrong number.
Promise = Annotated[
    Annotated[Minutes, Tag("int")] | Annotated[PerPriority, Tag("PerPriority")],
    Discriminator(_is_table),
]


class Escalation(Command):
    """What is done some minutes of counted time after a target's due time, or before (negative).

    `id` stays the same when an escalation is moved or changed, so that none happens twice.
    """

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
    target: Target = "RESOLUTION"
    after_minutes: Annotated[int, Field(ge=-100_000, le=100_000)] = 0
    actions: list[Action] = Field(min_length=1, max_length=20)


class Definition(Command):
    """Everything a policy says.

    `hours` says which business hours count: the organization's, the policy's own
    (`business_hours`), or round the clock. A warning comes `warn_minutes` of counted time before a
    due time or, when given, once `warn_percent` of the target have passed.
    """

    conditions: Group = Field(default_factory=Group)
    first_response: Promise | None = None
    next_response: Promise | None = None
    resolution: PerPriority | None = None
    hours: Literal["ORGANIZATION", "OWN", "ROUND_THE_CLOCK"] = "ORGANIZATION"
    business_hours: BusinessHours | None = None
    pause_on: list[Literal["WAITING_ON_CUSTOMER", "WAITING_ON_THIRD_PARTY"]] = Field(
        default_factory=lambda: ["WAITING_ON_CUSTOMER", "WAITING_ON_THIRD_PARTY"]
    )
    warn_minutes: Minutes = 60
    warn_percent: Annotated[int, Field(ge=1, le=99)] | None = None
    escalations: list[Escalation] = Field(default_factory=list, max_length=20)

    @field_validator("conditions")
    @classmethod
    def _bounded(cls, group: Group) -> Group:
        require_bounded(group)
        return group

    @model_validator(mode="after")
    def _is_whole(self) -> "Definition":
        if self.hours == "OWN" and self.business_hours is None:
            raise ValueError("Set the policy's own business hours, or use the organization's")
        if self.first_response is None and self.next_response is None and self.resolution is None:
            raise ValueError("Promise at least one of first response, next response, resolution")
        ids = [step.id for step in self.escalations]
        if len(ids) != len(set(ids)):
            raise ValueError("Each escalation has its own id")
        return self


class PolicyInput(Definition):
    """A policy with its name, and whether it applies."""

    name: Line
    is_active: bool = True


def minutes_for(value: int | PerPriority | None, priority: TicketPriority | str) -> int | None:
    """Return the minutes promised at a priority, or None."""
    if isinstance(value, PerPriority):
        return getattr(value, str(priority).lower())
    return value
