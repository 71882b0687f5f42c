"""The small search language: `status:open,new assignee:me priority:>=high "exact words" -tag:spam`.

Terms are separated by blanks and add up; values separated by commas are alternatives; a minus in
front excludes. Everything else is words to find.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ticketdesk import clock
from ticketdesk.errors import Invalid
from ticketdesk.models.enums import SlaState, TicketPriority, TicketSource, TicketStatus
from ticketdesk.models.status import ACTIVE, WAITING

KEYS = (
    "status", "priority", "assignee", "tag", "category", "from", "source", "sla", "created",
    "updated", "has", "is",
)  # fmt: skip

_TERM = re.compile(r'(-?)(?:(\w+):)?(?:"([^"]*)"|(\S+))')
_AGE = re.compile(r"(<=|>=|<|>)?(\d{1,5})(h|d|w|m|y)")
_DATE = re.compile(r"(<=|>=|<|>)?(\d{4}-\d{2}-\d{2})")
_HOURS = {"h": 1, "d": 24, "w": 168, "m": 720, "y": 8760}
_GROUPS: dict[str, frozenset[TicketStatus]] = {"active": ACTIVE, "waiting": WAITING}


@dataclass(frozen=True, slots=True)
class Term:
    """One filter of the language: its key, its values, and whether it excludes."""

    key: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(slots=True)
class Search:
    """A parsed search: filters, words, exact phrases, and words that must not be there."""

    terms: list[Term] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)


def parse(text: str) -> Search:
    """Read a search.

    Raises:
        Invalid: an unknown key or value, with what is possible; `details["word"]` is the word of
            the search that is wrong.
    """
    search = Search()
    for found in _TERM.finditer(text):
        try:
            _read(search, *found.groups(default=""))
        except Invalid as error:
            error.details = {"word": found.group(0)}
            raise
    return search


def _read(search: Search, minus: str, key: str, quoted: str, bare: str) -> None:
    value = quoted or bare
    if key.lower() in KEYS:
        search.terms.append(_term(key.lower(), value, negated=bool(minus)))
    elif bare.lower().removesuffix(":") in KEYS and bare.endswith(":"):
        raise _nothing_behind(bare.lower())
    elif key and not bare.startswith("//"):
        raise _refusal(f"There is no filter {key}. Filters: {', '.join(KEYS)}.")
    elif minus:
        search.without.append(value)
    elif quoted:
        search.phrases.append(quoted)
    else:
        search.words.append(f"{key}:{bare}" if key else bare)


def _term(key: str, value: str, *, negated: bool) -> Term:
    values = tuple(part for part in value.split(",") if part)
    if not values:
        raise _nothing_behind(f"{key}:")
    if key == "status":
        values = _statuses(values)
    elif key == "priority":
        values = _priorities(values)
    elif key in ("tag", "from"):
        values = tuple(v.lower() for v in values)
    elif key in ("source", "sla", "has", "is"):
        values = _known(key, values)
    elif key in ("created", "updated"):
        values = tuple(_period(v) for v in values)
    return Term(key, values, negated)


def _statuses(values: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for value in values:
        group = _GROUPS.get(value.lower())
        found += sorted(group) if group else [_member(TicketStatus, value, "status")]
    return tuple(found)


def _priorities(values: tuple[str, ...]) -> tuple[str, ...]:
    order = list(TicketPriority)
    found: list[str] = []
    for value in values:
        operator = re.match(r"<=|>=|<|>", value)
        level = value[operator.end() :] if operator else value
        if not level:
            raise _nothing_behind(f"priority:{value}")
        at = order.index(TicketPriority(_member(TicketPriority, level, "priority")))
        picked = {
            None: order[at : at + 1],
            ">=": order[at:],
            ">": order[at + 1 :],
            "<=": order[: at + 1],
            "<": order[:at],
        }[operator.group(0) if operator else None]
        found += [str(priority) for priority in picked]
    return tuple(found)


def _member(kind: type, value: str, key: str) -> str:
    wanted = value.upper().replace("-", "_")
    if wanted not in kind.__members__:
        known = ", ".join(name.lower() for name in kind.__members__)
        raise _refusal(f"There is no {key} {value}. Write one of: {known}.")
    return wanted


def _known(key: str, values: tuple[str, ...]) -> tuple[str, ...]:
    known = {
        "source": [str(source).lower() for source in TicketSource],
        "sla": [str(state) for state in SlaState],
        "has": ["attachment"],
        "is": ["unread", "unassigned"],
    }[key]
    lowered = tuple(value.lower() for value in values)
    for value in lowered:
        if value not in known:
            raise _refusal(f"There is no {key}:{value}. Write one of: {', '.join(known)}.")
    return lowered


def _period(value: str) -> str:
    if not (_AGE.fullmatch(value) or _DATE.fullmatch(value)):
        raise _refusal(f"Write a time as <7d, >2w or >=2026-01-31, not {value}.")
    if dated := _DATE.fullmatch(value):
        _midnight(dated.group(2))
    return value


def _midnight(day: str) -> datetime:
    try:
        return datetime.fromisoformat(f"{day}T00:00:00+00:00")
    except ValueError as error:
        raise _refusal(f"There is no day {day}.") from error


def bounds(period: str) -> tuple[datetime | None, datetime | None]:
    """Return (after, before) of a period: `<7d` is younger than seven days, `>2026-01-31` later."""
    if age := _AGE.fullmatch(period):
        operator, count, unit = age.groups()
        edge = clock.now() - timedelta(hours=int(count) * _HOURS[unit])
        return (None, edge) if operator in (">", ">=") else (edge, None)
    found = _DATE.fullmatch(period)
    assert found is not None
    day = _midnight(found.group(2))
    next_day = day + timedelta(days=1)
    return {
        None: (day, next_day),
        ">": (next_day, None),
        ">=": (day, None),
        "<": (None, day),
        "<=": (None, next_day),
    }[found.group(1)]


def _nothing_behind(typed: str) -> Invalid:
    return _refusal(f"Write a value behind {typed}.")


def _refusal(message: str) -> Invalid:
    return Invalid(message, code="search_error", fields={"q": message})
