"""What a list of tickets is narrowed to, in the words of the API."""

import re
from datetime import datetime
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

    status: Annotated[list[TicketStatus], BeforeValidator(_upper)] = Field(default_factory=list)
    priority: Annotated[list[TicketPriority], BeforeValidator(_upper)] = Field(default_factory=list)
    assigned_to_id: Words = Field(default_factory=list)
    category: Words = Field(default_factory=list)
    tag: LowerWords = Field(default_factory=list)
    requester_email: LowerWords = Field(default_factory=list)
    source: Annotated[list[TicketSource], BeforeValidator(_upper)] = Field(default_factory=list)
    sla: Annotated[list[SlaState], BeforeValidator(_lower)] = Field(default_factory=list)
    created_after: When = None
    created_before: When = None
    q: Annotated[str, Field(max_length=500)] = ""
    sort: Annotated[str, BeforeValidator(_sort)] = "-createdAt"
