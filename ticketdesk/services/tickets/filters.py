"""What a list of tickets is narrowed to, in the words of the API."""

import re
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from ticketdesk.models.enums import SlaState, TicketPriority, TicketSource, TicketStatus
from ticketdesk.models.wire import Command

SORTS = ("createdAt", "updatedAt", "priority", "status", "sla")


def _split(value: Any) -> Any:
    return (
        [part.strip() for part in value.split(",") if part.strip()]
        if isinstance(value, str)
        else value
    )


def _upper(value: Any) -> Any:
    values = _split(value)
    return (
        [v.upper() if isinstance(v, str) else v for v in values]
        if isinstance(values, list)
        else values
    )


def _lower(value: Any) -> Any:
    values = _split(value)
    return (
        [v.lower() if isinstance(v, str) else v for v in values]
        if isinstance(values, list)
        else values
    )


def _known(kind: type[StrEnum], name: str, cased: Callable[[Any], Any]) -> BeforeValidator:
    """Refuse a value that does not exist in a person's words: it may come from an address."""

    def check(value: Any) -> Any:
        values = cased(value)
        if isinstance(values, list):
            for word in values:
                if isinstance(word, str) and word not in kind.__members__.values():
                    shown = word.lower() if word.isprintable() else "like this"
                    known = ", ".join(str(member).lower() for member in kind)
                    raise ValueError(f"There is no {name} {shown}. Choose among {known}")
        return values

    return BeforeValidator(check)


def _sort(value: Any) -> Any:
    if isinstance(value, str) and value.removeprefix("-") in SORTS:
        return value
    raise ValueError(f"Sort by one of {', '.join(SORTS)}, with - in front for descending")


def _aware(value: Any) -> Any:
    if isinstance(value, str):
        # A plus sign that came through a form as a blank.
        value = re.sub(r" (\d\d:?\d\d)$", r"+\1", value)
    return value


Words = Annotated[list[str], BeforeValidator(_split), Field(max_length=50)]
LowerWords = Annotated[list[str], BeforeValidator(_lower), Field(max_length=50)]
When = Annotated[datetime | None, BeforeValidator(_aware)]


class TicketFilters(Command):
    """The list's query: several values of one filter are alternatives, filters add up.

    `assigned_to_id` takes `me`, `none` and identifiers. `q` is the search language of
    `search_language.py`, whose filters add to these.
    """

    status: Annotated[list[TicketStatus], _known(TicketStatus, "status", _upper)] = Field(
        default_factory=list
    )
    priority: Annotated[list[TicketPriority], _known(TicketPriority, "priority", _upper)] = Field(
        default_factory=list
    )
    assigned_to_id: Words = Field(default_factory=list)
    category: Words = Field(default_factory=list)
    tag: LowerWords = Field(default_factory=list)
    requester_email: LowerWords = Field(default_factory=list)
    source: Annotated[list[TicketSource], _known(TicketSource, "source", _upper)] = Field(
        default_factory=list
    )
    sla: Annotated[list[SlaState], _known(SlaState, "sla", _lower)] = Field(default_factory=list)
    created_after: When = None
    created_before: When = None
    q: Annotated[str, Field(max_length=500)] = ""
    sort: Annotated[str, BeforeValidator(_sort)] = "-createdAt"
