"""Whether conditions hold: pure comparisons of facts, no look-ups of their own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from ticketdesk.models.enums import TicketPriority
from ticketdesk.services.rules.condition import Group, Test
from ticketdesk.services.rules.facts import Facts
from ticketdesk.services.rules.words import folded
from ticketdesk.services.sla import clock

_RANK = {str(priority): rank for rank, priority in enumerate(TicketPriority)}
_INSTANT = timedelta(microseconds=1)


def holds(part: Group | Test, facts: Facts) -> bool:
    """Return whether a group or a test holds; an empty group always does."""
    if isinstance(part, Test):
        return _COMPARISONS[part.operator](part, facts)
    return (
        all(holds(one, facts) for one in part.all or ())
        and (not part.any or any(holds(one, facts) for one in part.any))
        and not any(holds(one, facts) for one in part.none or ())
    )


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, str) and isinstance(b, str):
        return folded(a) == folded(b)
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    return a == b


def _is(test: Test, facts: Facts) -> bool:
    value = facts.value(test.field)
    if isinstance(value, list):
        return any(_same(one, test.value) for one in value)
    return _same(value or None if isinstance(value, str) else value, test.value)


def _in(test: Test, facts: Facts) -> bool:
    value = facts.value(test.field)
    values = value if isinstance(value, list) else [value]
    return any(_same(one, wanted) for one in values for wanted in test.value)


def _contains(test: Test, facts: Facts) -> bool:
    value = facts.value(test.field)
    if isinstance(value, list):
        return any(_same(one, test.value) for one in value)
    return facts.words(test.field).has(str(test.value))


def _any_word(test: Test, facts: Facts) -> bool:
    words = facts.words(test.field)
    return any(words.has(keyword) for keyword in test.value)


def _starts_with(test: Test, facts: Facts) -> bool:
    return facts.words(test.field).plain.lstrip().startswith(folded(str(test.value)))


def _is_set(test: Test, facts: Facts) -> bool:
    return facts.value(test.field) not in (None, "", [])


def _ordered(test: Test, facts: Facts) -> int:
    """Below, at or above the value as -1, 0 and 1; 0 as well where there is nothing to compare."""
    value, wanted = facts.value(test.field), test.value
    if test.field == "priority":
        value, wanted = _RANK[value], _RANK[wanted]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0
    return (value > wanted) - (value < wanted)


def _moment(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        return None
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        return None
    # A custom field of kind date holds a day without a zone.
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _compared(test: Test, facts: Facts) -> timedelta:
    moment, wanted = _moment(facts.value(test.field)), _moment(test.value)
    return moment - wanted if moment and wanted else timedelta(0)


def _open(test: Test, facts: Facts) -> bool:
    moment = _moment(facts.value(test.field))
    if moment is None:
        return False
    return clock.elapsed(moment, moment + _INSTANT, facts.calendar) > timedelta(0)


def _changed(test: Test, facts: Facts, index: int | None = None) -> bool:
    change = facts.change_of(test.field)
    if change is None or change[0] == change[1]:
        return False
    return index is None or _same(change[index], test.value)


_COMPARISONS: dict[str, Callable[[Test, Facts], bool]] = {
    "IS": _is,
    "IS_NOT": lambda t, f: not _is(t, f),
    "IN": _in,
    "NOT_IN": lambda t, f: not _in(t, f),
    "CONTAINS": _contains,
    "DOES_NOT_CONTAIN": lambda t, f: not _contains(t, f),
    "MATCHES_ANY_WORD": _any_word,
    "STARTS_WITH": _starts_with,
    "IS_SET": _is_set,
    "IS_NOT_SET": lambda t, f: not _is_set(t, f),
    "MORE_THAN": lambda t, f: _ordered(t, f) > 0,
    "LESS_THAN": lambda t, f: _ordered(t, f) < 0,
    "BEFORE": lambda t, f: _compared(t, f) < timedelta(0),
    "AFTER": lambda t, f: _compared(t, f) > timedelta(0),
    "WITHIN_BUSINESS_HOURS": _open,
    "OUTSIDE_BUSINESS_HOURS": lambda t, f: not _open(t, f),
    "CHANGED": _changed,
    "CHANGED_FROM": lambda t, f: _changed(t, f, 0),
    "CHANGED_TO": lambda t, f: _changed(t, f, 1),
}
