"""Conditions made ready once and judged often: comparisons of facts, no look-ups of their own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from ticketdesk.models.enums import TicketPriority
from ticketdesk.services.rules.condition import Group, Test
from ticketdesk.services.rules.facts import Facts
from ticketdesk.services.rules.words import Keywords, folded
from ticketdesk.services.sla import clock

Predicate = Callable[[Facts], bool]

_RANK = {str(priority): rank for rank, priority in enumerate(TicketPriority)}
_INSTANT = timedelta(microseconds=1)
_NEVER = timedelta(0)


def holds(part: Group | Test, facts: Facts) -> bool:
    """Return whether a group or a test holds; an empty group always does."""
    return ready(part)(facts)


def ready(part: Group | Test) -> Predicate:
    """Return the question that a group or a test asks, with what it compares with prepared."""
    if isinstance(part, Test):
        return _QUESTIONS[part.operator](part)
    every = [ready(one) for one in part.all or ()]
    some = [ready(one) for one in part.any or ()]
    none = [ready(one) for one in part.none or ()]

    def ask(facts: Facts) -> bool:
        return (
            all(question(facts) for question in every)
            and (not some or any(question(facts) for question in some))
            and not any(question(facts) for question in none)
        )

    return ask


def _comparable(value: Any) -> Any:
    """Texts are compared without case, a truth value never with a number."""
    if isinstance(value, str):
        return folded(value)
    return ("truth", value) if isinstance(value, bool) else value


def _in(test: Test) -> Predicate:
    wanted = test.value if isinstance(test.value, list) else [test.value]
    values = [_comparable(one) for one in wanted]
    name = test.field

    def ask(facts: Facts) -> bool:
        found = facts.comparable(name, _comparable)
        if isinstance(found, list):
            return any(one in values for one in found)
        return (None if found == "" else found) in values

    return ask


def _contains(test: Test) -> Predicate:
    wanted, keywords, name = _comparable(test.value), Keywords.of([str(test.value)]), test.field

    def ask(facts: Facts) -> bool:
        found = facts.comparable(name, _comparable)
        return wanted in found if isinstance(found, list) else facts.words(name).has_any(keywords)

    return ask


def _any_word(test: Test) -> Predicate:
    keywords, name = Keywords.of(test.value), test.field
    return lambda facts: facts.words(name).has_any(keywords)


def _starts_with(test: Test) -> Predicate:
    wanted, name = folded(str(test.value)), test.field
    return lambda facts: facts.words(name).plain.lstrip().startswith(wanted)


def _is_set(test: Test) -> Predicate:
    name = test.field
    return lambda facts: facts.value(name) not in (None, "", [])


def _ordered(test: Test, sign: int) -> Predicate:
    name = test.field
    wanted = _RANK[test.value] if name == "priority" else test.value

    def ask(facts: Facts) -> bool:
        value = facts.value(name)
        if name == "priority":
            value = _RANK[value]
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return (value - wanted) * sign > 0

    return ask


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


def _compared(test: Test, sign: int) -> Predicate:
    name, wanted = test.field, _moment(test.value)

    def ask(facts: Facts) -> bool:
        moment = _moment(facts.value(name))
        return bool(moment and wanted) and (moment - wanted) * sign > _NEVER

    return ask


def _open(test: Test) -> Predicate:
    name = test.field

    def ask(facts: Facts) -> bool:
        moment = _moment(facts.value(name))
        if moment is None:
            return False
        return clock.elapsed(moment, moment + _INSTANT, facts.calendar) > _NEVER

    return ask


def _changed(test: Test, index: int | None = None) -> Predicate:
    name, wanted = test.field, _comparable(test.value)

    def ask(facts: Facts) -> bool:
        change = facts.change_of(name)
        if change is None or change[0] == change[1]:
            return False
        return index is None or _comparable(change[index]) == wanted

    return ask


def _not(make: Callable[[Test], Predicate]) -> Callable[[Test], Predicate]:
    def made(test: Test) -> Predicate:
        question = make(test)
        return lambda facts: not question(facts)

    return made


_QUESTIONS: dict[str, Callable[[Test], Predicate]] = {
    "IS": _in,
    "IS_NOT": _not(_in),
    "IN": _in,
    "NOT_IN": _not(_in),
    "CONTAINS": _contains,
    "DOES_NOT_CONTAIN": _not(_contains),
    "MATCHES_ANY_WORD": _any_word,
    "STARTS_WITH": _starts_with,
    "IS_SET": _is_set,
    "IS_NOT_SET": _not(_is_set),
    "MORE_THAN": lambda test: _ordered(test, 1),
    "LESS_THAN": lambda test: _ordered(test, -1),
    "BEFORE": lambda test: _compared(test, -1),
    "AFTER": lambda test: _compared(test, 1),
    "WITHIN_BUSINESS_HOURS": _open,
    "OUTSIDE_BUSINESS_HOURS": _not(_open),
    "CHANGED": _changed,
    "CHANGED_FROM": lambda test: _changed(test, 0),
    "CHANGED_TO": lambda test: _changed(test, 1),
}
