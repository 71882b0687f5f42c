"""Holidays out of a calendar file (iCalendar, RFC 5545)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from time import monotonic
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar, Component, Event
from icalendar.error import BrokenCalendarProperty

from ticketdesk import clock
from ticketdesk.errors import Invalid, TooLarge

LARGEST = 10 * 1024 * 1024
_MOST_EVENTS = 5000
_MOST_DAYS = 2000
_LONGEST_EVENT = timedelta(days=62)
_YEARS_AHEAD = 5
_PATIENCE = 5.0
_MOST_LINES = 60_000
_ESSENTIAL = (b"BEGIN:", b"END:", b"DTSTART", b"DTEND", b"RRULE", b"EXDATE", b"SUMMARY")
_FREQUENCIES = {"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off and what it is called."""

    day: date
    name: str


def read_holidays(content: bytes) -> list[Holiday]:
    """Return the whole days of a calendar file, from last year to five years ahead.

    Appointments with a time of day are no holidays and are left out.

    Raises:
        TooLarge: more than 10 MB.
        Invalid: not a calendar, more than 5,000 entries or 2,000 days, or rules that never end.
    """
    if len(content) > LARGEST:
        raise TooLarge("A calendar file may have 10 MB at most.")
    essence = _essence(content)
    if essence.upper().count(b"BEGIN:VEVENT") > _MOST_EVENTS:
        raise _refusal(f"The calendar has more than {_MOST_EVENTS:,} entries.")
    try:
        calendar = Calendar.from_ical(essence)
    # The library raises many kinds of errors for broken files; each means the same to the caller.
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise _refusal("This is not a calendar file (.ics).") from error
    try:
        found = _collect(calendar)
    except BrokenCalendarProperty as error:
        raise _refusal(f"A line of the calendar cannot be understood: {error}.") from error
    return [Holiday(day, found[day]) for day in sorted(found)]


def _collect(calendar: Component) -> dict[date, str]:
    today = clock.now().date()
    first, last = date(today.year - 1, 1, 1), date(today.year + _YEARS_AHEAD, 12, 31)
    found: dict[date, str] = {}
    deadline = monotonic() + _PATIENCE
    for event in calendar.walk("VEVENT"):
        if monotonic() > deadline:
            raise _refusal("The calendar's repetitions take too long to work out.")
        for day in _days(event, first, last):
            found.setdefault(day, _name(event))
        if len(found) > _MOST_DAYS:
            raise _refusal(f"The calendar has more than {_MOST_DAYS:,} days off.")
    return found


def _essence(content: bytes) -> bytes:
    """Return only the lines that holidays are read from; the library takes its time with others."""
    kept: list[bytes] = []
    keeping = False
    for line in content.removeprefix(b"\xef\xbb\xbf").splitlines():
        if line[:1] not in (b" ", b"\t"):
            keeping = line[:8].upper().startswith(_ESSENTIAL)
        if keeping:
            kept.append(line)
    if len(kept) > _MOST_LINES:
        raise _refusal("The calendar is longer than a list of holidays can be.")
    return b"\r\n".join(kept) + b"\r\n"


def _days(event: Event, first: date, last: date) -> Iterator[date]:
    start = _whole_day(event.get("DTSTART"))
    if start is None:
        return
    end = _whole_day(event.get("DTEND")) or start + timedelta(days=1)
    length = max(timedelta(days=1), min(end - start, _LONGEST_EVENT))
    for begin in _beginnings(event, start, first - length, last):
        for offset in range(length.days):
            day = begin + timedelta(days=offset)
            if first <= day <= last:
                yield day


def _beginnings(event: Event, start: date, first: date, last: date) -> Iterator[date]:
    rule = event.get("RRULE")
    if rule is None:
        yield start
        return
    if str(next(iter(rule.get("FREQ", [""])), "")).upper() not in _FREQUENCIES:
        return
    left_out = _left_out(event)
    begin = datetime.combine(start, datetime.min.time())
    text = rule.to_ical().decode()
    try:
        repetitions = rrulestr(text.replace("Z", ""), dtstart=begin)
        moments = repetitions.between(
            datetime.combine(first, datetime.min.time()),
            datetime.combine(last, datetime.min.time()),
            inc=True,
        )
    except (ValueError, TypeError, OverflowError) as error:
        raise _refusal(f"The repetition {text!r} cannot be understood.") from error
    for moment in islice(moments, _MOST_DAYS + 100):
        if moment.date() not in left_out:
            yield moment.date()


def _left_out(event: Event) -> set[date]:
    given = event.get("EXDATE")
    lists = given if isinstance(given, list) else [given] if given is not None else []
    days = (entry.dt for one in lists for entry in one.dts)
    return {day.date() if isinstance(day, datetime) else day for day in days}


def _whole_day(value: Any) -> date | None:
    day = getattr(value, "dt", None)
    return day if isinstance(day, date) and not isinstance(day, datetime) else None


def _name(event: Event) -> str:
    return " ".join(str(event.get("SUMMARY", "")).split())[:200] or "Holiday"


def _refusal(message: str) -> Invalid:
    return Invalid(message, fields={"file": message})
