"""When time counts: an organization's business hours as stretches of UTC (semantics.md, SLA).

Time counts whenever the clock on the wall of the zone shows a time within a shift. So an hour that
the clocks repeat counts twice and one that they skip does not count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from ticketdesk.models.holiday_sets import named_holidays
from ticketdesk.models.ticket_settings import BusinessHours
from ticketdesk.services.sla.offsets import stretches
from ticketdesk.services.sla.spans import Span, SpanKind

_DAY = timedelta(days=1)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# A piece of a local day: from, to (since midnight) and what it is.
Piece = tuple[timedelta, timedelta, SpanKind]


class Calendar(Protocol):
    """Says of any stretch of time what in it counts."""

    @property
    def opens(self) -> bool:
        """Whether it ever counts at all."""
        ...

    @property
    def is_unbroken(self) -> bool:
        """Whether every minute counts, so that a long stretch is one span."""
        ...

    def spans(self, start: datetime, end: datetime) -> Iterator[Span]:
        """Cover a stretch of UTC without gaps or overlaps."""
        ...


class RoundTheClock:
    """Every minute counts."""

    opens = True
    is_unbroken = True

    def spans(self, start: datetime, end: datetime) -> Iterator[Span]:
        """Yield the whole stretch as counted."""
        if start < end:
            yield Span(start, end, SpanKind.COUNTED)


ROUND_THE_CLOCK = RoundTheClock()


@dataclass(frozen=True, slots=True)
class ShiftCalendar:
    """Shifts per weekday in a zone, minus holidays.

    `week` has seven days from Monday, each cut into pieces that cover it whole.
    """

    zone: ZoneInfo
    week: tuple[tuple[Piece, ...], ...]
    own_holidays: frozenset[date]
    named_sets: tuple[str, ...]

    @property
    def is_unbroken(self) -> bool:
        """Never taken for granted: a holiday may come."""
        return False

    @property
    def opens(self) -> bool:
        """Whether any weekday has a shift."""
        return any(kind is SpanKind.COUNTED for day in self.week for _, _, kind in day)

    def spans(self, start: datetime, end: datetime) -> Iterator[Span]:
        """Cover a stretch of UTC, day by day."""
        for low, high, offset in stretches(self.zone, start, end):
            wall_low = low.replace(tzinfo=None) + offset
            wall_high = high.replace(tzinfo=None) + offset
            midnight = datetime.combine(wall_low.date(), datetime.min.time())
            while midnight < wall_high:
                for since, until, kind in self._pieces(midnight.date()):
                    first = max(midnight + since, wall_low)
                    last = min(midnight + until, wall_high)
                    if first < last:
                        yield Span(low + (first - wall_low), low + (last - wall_low), kind)
                midnight += _DAY

    def is_holiday(self, day: date) -> bool:
        """Whether nothing counts on a local day."""
        return day in self.own_holidays or any(
            day in named_holidays(name, day.year) for name in self.named_sets
        )

    def _pieces(self, day: date) -> tuple[Piece, ...]:
        if self.is_holiday(day):
            return ((timedelta(0), _DAY, SpanKind.HOLIDAY),)
        return self.week[day.weekday()]


def calendar_of(hours: BusinessHours | None) -> Calendar:
    """Return the calendar of an organization's setting; None counts round the clock."""
    if hours is None:
        return ROUND_THE_CLOCK
    return ShiftCalendar(
        zone=ZoneInfo(hours.timezone),
        week=tuple(_day(hours.weekly.get(name, [])) for name in _WEEKDAYS),
        own_holidays=frozenset(date.fromisoformat(day) for day in hours.holidays),
        named_sets=tuple(hours.holiday_sets),
    )


def _day(shifts: list[tuple[str, str]]) -> tuple[Piece, ...]:
    """Cut a day into pieces, shifts and what lies between them."""
    pieces: list[Piece] = []
    cursor = timedelta(0)
    for opening, closing in shifts:
        start, end = _since_midnight(opening), _since_midnight(closing)
        if cursor < start:
            pieces.append((cursor, start, SpanKind.OUTSIDE))
        pieces.append((start, end, SpanKind.COUNTED))
        cursor = end
    if cursor < _DAY:
        pieces.append((cursor, _DAY, SpanKind.OUTSIDE))
    return tuple(pieces)


def _since_midnight(reading: str) -> timedelta:
    hours, minutes = reading.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))
