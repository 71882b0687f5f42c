"""The clock itself: when a target is due, what has run, and the explained timeline.

Everything walks over the same gap-free sequence of spans, lazily and at most `REACH` far, so hours
that never open and absurd targets cost a bounded amount of work.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from ticketdesk.services.sla.calendar import Calendar
from ticketdesk.services.sla.spans import Pause, Span, SpanKind, joined, merged

REACH = timedelta(days=366 * 60)
"""How far ahead a due time is looked for where shifts and holidays count."""

_END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)


def due(
    start: datetime, target: timedelta, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> datetime | None:
    """Return the first moment at which `target` of counted time has passed since `start`.

    Args:
        start: aware; counting begins here.
        target: the counted time allowed; zero is due at once.
        pauses: stretches that do not count, in any order, overlapping or not.

    Returns:
        None when the time never comes: it is paused before, or nothing opens within `REACH`.
    """
    left = target
    for span in _walk(start.astimezone(UTC), calendar, pauses):
        if span.kind is not SpanKind.COUNTED:
            continue
        if left <= span.end - span.start:
            return span.start + left
        left -= span.end - span.start
    return None


def elapsed(
    start: datetime, end: datetime, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> timedelta:
    """Return the counted time between two moments; zero when `end` is not later."""
    return sum(
        (
            span.end - span.start
            for span in timeline(start, end, calendar, pauses)
            if span.kind is SpanKind.COUNTED
        ),
        timedelta(0),
    )


def timeline(
    start: datetime,
    end: datetime,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    *,
    most: int | None = None,
) -> list[Span]:
    """Return the spans that cover `start` to `end`: disjoint, in order, neighbours differing.

    Args:
        most: how many at most; the rest is left out.
    """
    spans = joined(_until(_walk(start.astimezone(UTC), calendar, pauses), end))
    return list(islice(spans, most))


def _until(spans: Iterator[Span], end: datetime) -> Iterator[Span]:
    limit = end.astimezone(UTC)
    for span in spans:
        if span.start >= limit:
            return
        yield span if span.end <= limit else Span(span.start, limit, span.kind)


def _walk(start: datetime, calendar: Calendar, pauses: Iterable[Pause]) -> Iterator[Span]:
    """Yield what follows `start`, pauses laid over the calendar, until nothing can count."""
    cursor = start
    for pause in merged(pauses):
        if pause.end is not None and pause.end <= cursor:
            continue
        begins = max(pause.start.astimezone(UTC), cursor)
        yield from _open(cursor, begins, calendar)
        ends = _END_OF_TIME if pause.end is None else pause.end.astimezone(UTC)
        yield Span(begins, ends, SpanKind.PAUSED)
        cursor = ends
    yield from _open(cursor, _END_OF_TIME, calendar)


def _open(start: datetime, end: datetime, calendar: Calendar) -> Iterator[Span]:
    if not calendar.opens:
        if start < end:
            yield Span(start, end, SpanKind.OUTSIDE)
        return
    reach = end if calendar.is_unbroken else min(end, _reach(start))
    yield from calendar.spans(start, reach)


def _reach(start: datetime) -> datetime:
    return start + REACH if start < _END_OF_TIME - REACH else _END_OF_TIME
