"""The conditions of rules and SLA policies as they are written down: groups and tests, nested."""

from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    field_validator,
    model_validator,
)

from ticketdesk.models.wire import Command
from ticketdesk.services.rules.fields import FIELDS, check_value, kind_of

MAX_DEPTH = 5
MAX_TESTS = 200

Operator = Literal[
    "IS", "IS_NOT", "IN", "NOT_IN", "CONTAINS", "DOES_NOT_CONTAIN", "MATCHES_ANY_WORD",
    "STARTS_WITH", "BEFORE", "AFTER", "MORE_THAN", "LESS_THAN", "IS_SET", "IS_NOT_SET",
    "WITHIN_BUSINESS_HOURS", "OUTSIDE_BUSINESS_HOURS", "CHANGED", "CHANGED_FROM", "CHANGED_TO",
]  # fmt: skip


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


class Test(Command):
    """One comparison: `field` of the ticket, an operator and what it is compared with.

    `value` is a text, a number, true or false, a moment (ISO 8601) or a list of texts, as the
    field and the operator ask.
    """

    __test__ = False

    field: Annotated[str, Field(min_length=1, max_length=120)]
    operator: Annotated[Operator, BeforeValidator(_upper)]
    value: Any = None

    @field_validator("field")
    @classmethod
    def _known(cls, name: str) -> str:
        if kind_of(name) is None:
            raise ValueError(f"There is no field {name!r}; one of {', '.join(FIELDS)}")
        return name

    @model_validator(mode="after")
    def _fits(self) -> "Test":
        check_value(self.field, self.operator, self.value)
        return self


def _which(value: Any) -> str:
    is_test = "field" in value if isinstance(value, dict) else isinstance(value, Test)
    return "test" if is_test else "group"


Part = Annotated[
    Annotated["Group", Tag("group")] | Annotated[Test, Tag("test")], Discriminator(_which)
]


class Group(Command):
    """Several conditions of which all, any or none must hold; empty ones always hold."""

    all: list[Part] | None = Field(default=None, max_length=MAX_TESTS)
    any: list[Part] | None = Field(default=None, max_length=MAX_TESTS)
    none: list[Part] | None = Field(default=None, max_length=MAX_TESTS)

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing."""
        return not (self.all or self.any or self.none)


def require_bounded(group: Group, depth: int = 1) -> int:
    """Count the tests of a group, refusing what is nested too deep or too long.

    Raises:
        ValueError: more than 5 levels or 200 tests.
    """
    if depth > MAX_DEPTH:
        raise ValueError(f"Conditions can be nested {MAX_DEPTH} deep")
    count = 0
    for part in (*(group.all or ()), *(group.any or ()), *(group.none or ())):
        count += require_bounded(part, depth + 1) if isinstance(part, Group) else 1
    if count > MAX_TESTS:
        raise ValueError(f"At most {MAX_TESTS} conditions")
    return count
