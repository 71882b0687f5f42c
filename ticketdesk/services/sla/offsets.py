"""When a zone's distance from UTC changes, found without asking minute by minute."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def offset_at(zone: ZoneInfo, moment: datetime) -> timedelta:
    """Return the zone's distance from UTC at a moment."""
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def stretches(
    zone: ZoneInfo, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Cut a stretch of UTC into pieces of at most a day in which the distance stays the same.

    No zone changes its clocks twice within a day, so equal ends mean that nothing changed.
    """
    cursor, offset = start, offset_at(zone, start)
    while cursor < end:
        last = min(cursor + _DAY, end)
        after = offset_at(zone, last)
        if after == offset:
            yield cursor, last, offset
        else:
            change = _change_between(zone, cursor, last, offset)
            yield cursor, change, offset
            if change < last:
                yield change, last, after
        cursor, offset = last, after


def _change_between(
    zone: ZoneInfo, before: datetime, after: datetime, offset: timedelta
) -> datetime:
    """Return the first second of the new distance; `offset` is the one at `before`."""
    low, high = int(before.timestamp()), -int(-after.timestamp() // 1)
    while high - low > 1:
        middle = (low + high) // 2
        if offset_at(zone, datetime.fromtimestamp(middle, UTC)) == offset:
            low = middle
        else:
            high = middle
    return min(datetime.fromtimestamp(high, UTC), after)
