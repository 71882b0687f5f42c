"""The clock written the slow, obvious way: one minute after the other, asking the wall clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ticketdesk.models.ticket_settings import BusinessHours
from ticketdesk.services.sla.spans import Pause

_MINUTE = timedelta(minutes=1)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def counts(moment: datetime, hours: BusinessHours | None, pauses: list[Pause]) -> bool:
    """Whether the minute that begins at a moment counts."""
    if any(p.start <= moment and (p.end is None or moment < p.end) for p in pauses):
        return False
    if hours is None:
        return True
    wall = moment.astimezone(ZoneInfo(hours.timezone))
    if wall.date().isoformat() in hours.holidays:
        return False
    reading = wall.strftime("%H:%M")
    return any(a <= reading < b for a, b in hours.weekly.get(_DAYS[wall.weekday()], []))


def due(
    start: datetime,
    minutes: int,
    hours: BusinessHours | None,
    pauses: list[Pause],
    within: timedelta,
) -> datetime | None:
    """Return when the last of the minutes has passed, or None if not within a stretch of time."""
    moment, left = start.astimezone(UTC), minutes
    while moment < start + within:
        if counts(moment, hours, pauses):
            left -= 1
            if left == 0:
                return moment + _MINUTE
        moment += _MINUTE
    return None
