"""The fields that conditions can ask for, and which operators and values fit each kind of field."""

from datetime import datetime
from typing import Any

from ticketdesk.models.enums import TicketPriority, TicketSource, TicketStatus

# Name → kind. `customFields.<key>` is a field as well.
FIELDS: dict[str, str] = {
    "subject": "text",
    "description": "text",
    "latestMessage": "text",
    "status": "choice",
    "priority": "choice",
    "source": "choice",
    "category": "word",
    "requester": "word",
    "requesterName": "text",
    "requesterDomain": "word",
    "assignee": "word",
    "language": "word",
    "tags": "set",
    "createdAt": "moment",
    "updatedAt": "moment",
    "now": "moment",
    "hoursSinceCreated": "number",
    "hoursSinceUpdated": "number",
    "hoursSinceStatusChange": "number",
    "hoursSinceLastMessage": "number",
    "hoursSinceCustomerMessage": "number",
    "hoursSinceAgentMessage": "number",
}
CUSTOM = "customFields."

CHOICES: dict[str, list[str]] = {
    "status": [str(status) for status in TicketStatus],
    "priority": [str(priority) for priority in TicketPriority],
    "source": [str(source) for source in TicketSource],
}

_CHANGE = {"CHANGED", "CHANGED_FROM", "CHANGED_TO"}
_EQUAL = {"IS", "IS_NOT", "IN", "NOT_IN"}
_SET = {"IS_SET", "IS_NOT_SET"}
_WORDS = {"CONTAINS", "DOES_NOT_CONTAIN", "MATCHES_ANY_WORD", "STARTS_WITH"}
_HOURS = {"WITHIN_BUSINESS_HOURS", "OUTSIDE_BUSINESS_HOURS"}
_ORDER = {"MORE_THAN", "LESS_THAN"}
_OPERATORS: dict[str, set[str]] = {
    "text": _EQUAL | _SET | _WORDS | {"CHANGED"},
    "choice": _EQUAL | _CHANGE | _ORDER,
    "word": _EQUAL | _SET | _WORDS | _CHANGE,
    "set": _EQUAL | _SET | {"CONTAINS", "DOES_NOT_CONTAIN", "MATCHES_ANY_WORD", "CHANGED"},
    "moment": {"BEFORE", "AFTER"} | _HOURS,
    "number": {"IS", "IS_NOT"} | _ORDER,
    "custom": _EQUAL | _SET | _WORDS | _CHANGE | _ORDER | {"BEFORE", "AFTER"},
}
_NO_VALUE = _SET | _HOURS | {"CHANGED"}
_LISTS = {"IN", "NOT_IN", "MATCHES_ANY_WORD"}


def kind_of(field: str) -> str | None:
    """Return the kind of a field, or None when there is no such field."""
    if field.startswith(CUSTOM) and len(field) > len(CUSTOM):
        return "custom"
    return FIELDS.get(field)


def operators(field: str) -> list[str]:
    """Return the operators that fit a field, for the editor."""
    return sorted(_OPERATORS[kind_of(field) or "text"])


def check_value(field: str, operator: str, value: Any) -> None:
    """Refuse an operator or a value that does not fit the field.

    Raises:
        ValueError: says what fits.
    """
    kind = kind_of(field) or "text"
    if operator not in _OPERATORS[kind]:
        fit = ", ".join(operators(field))
        raise ValueError(f"{field} cannot be tested with {operator}; use one of {fit}")
    if operator in _NO_VALUE:
        if value is not None:
            raise ValueError(f"{operator} takes no value")
    elif value in ("", []):
        raise ValueError("Say what it is compared with")
    elif operator in _LISTS:
        if not isinstance(value, list) or not 1 <= len(value) <= 200 or not all(map(_text, value)):
            raise ValueError(f"{operator} takes a list of 1 to 200 texts")
    elif operator in ("BEFORE", "AFTER"):
        _check_moment(value)
    elif kind == "number" or (operator in _ORDER and kind != "choice"):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{operator} takes a number here")
    elif not (value is None and operator in ("IS", "IS_NOT")) and not _scalar(value):
        raise ValueError(f"{operator} takes a text, a number, true or false")
    _check_choice(field, operator, value)


def _check_choice(field: str, operator: str, value: Any) -> None:
    allowed = CHOICES.get(field)
    if allowed is None or operator in _NO_VALUE:
        return
    for one in value if isinstance(value, list) else [value]:
        if one not in allowed:
            raise ValueError(f"{field} is one of {', '.join(allowed)}")


def _check_moment(value: Any) -> None:
    try:
        parsed = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("A moment is written as 2026-12-24T18:00:00Z") from None
    if parsed.tzinfo is None:
        raise ValueError("A moment names its zone, such as 2026-12-24T18:00:00Z")


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 500


def _scalar(value: Any) -> bool:
    return isinstance(value, bool | int | float) or _text(value)
