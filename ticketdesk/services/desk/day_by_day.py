"""A clock's spans as a person reads them: local days, and what in each of them counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ticketdesk.services.sla.spans import Span
from ticketdesk.services.sla.view import SpanView

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day on the wall clock, `09:00` to `24:00`.

    `minutes` counts real time; `at` is how many of them lie between local midnight and its begin.
    """

    begins: str
    ends: str
    kind: str
    minutes: int
    at: int


@dataclass(frozen=True, slots=True)
class Day:
    """A local day of `length` real minutes, its stretches in order, how many minutes count.

    `counted` of all days add up to the counted minutes of the whole, seconds left aside.
    """

    date: str
    stretches: list[Stretch]
    counted: int
    length: int


def day_by_day(spans: Iterable[SpanView | Span], zone: ZoneInfo) -> list[Day]:
    """Return spans cut at local midnight, by local day."""
    found: dict[date, list[Stretch]] = {}
    counted: dict[date, timedelta] = {}
    for span in spans:
        begin = span.start.astimezone(UTC)
        while begin < span.end:
            day = begin.astimezone(zone).date()
            end = min(_midnight(day + timedelta(days=1), zone), span.end.astimezone(UTC))
            found.setdefault(day, []).append(_stretch(begin, end, day, str(span.kind), zone))
            counts = end - begin if span.kind == "counted" else timedelta(0)
            counted[day] = counted.get(day, timedelta(0)) + counts
            begin = end
    days, before = [], timedelta(0)
    for day, stretches in found.items():
        # Whole minutes of the running sum, so that the days add up to the whole.
        after = before + counted[day]
        length = (_midnight(day + timedelta(days=1), zone) - _midnight(day, zone)) // _MINUTE
        figure = after // _MINUTE - before // _MINUTE
        days.append(Day(day.isoformat(), stretches, figure, length))
        before = after
    return days


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _stretch(begin: datetime, end: datetime, day: date, kind: str, zone: ZoneInfo) -> Stretch:
    is_last = end == _midnight(day + timedelta(days=1), zone)
    return Stretch(
        begins=f"{begin.astimezone(zone):%H:%M}",
        ends="24:00" if is_last else f"{end.astimezone(zone):%H:%M}",
        kind=kind,
        minutes=(end - begin) // _MINUTE,
        at=(begin - _midnight(day, zone)) // _MINUTE,
    )
