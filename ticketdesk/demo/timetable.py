"""When things happened in the demo: told from the moment of seeding, backwards in working days.

Working days, because a desk rests at weekends: whatever the day of seeding, Monday's queue looks
like Monday's queue and service levels in business hours come out the same.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY_AND_TIME = re.compile(r"(\d+)d@(\d\d):(\d\d)")
_LENGTH = re.compile(r"([+-])(\d+)([mhd])")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Timetable:
    """Reads times of the stories against the moment of seeding.

    Three notations: `3d@09:40` is 20 to ten in the desk's zone on the third working day before;
    `-50m` is that long before the seeding; `+20m`, `+2h`, `+1d` is that long after the last thing
    that happened (days being working days).
    """

    now: datetime
    zone: ZoneInfo

    def read(self, notation: str, after: datetime | None = None) -> datetime:
        """Return the moment a notation stands for.

        Args:
            after: the last thing that happened, for lengths with a plus.

        Raises:
            ValueError: not one of the three notations.
        """
        if found := _DAY_AND_TIME.fullmatch(notation):
            days, hour, minute = map(int, found.groups())
            day = working_day(self.now.astimezone(self.zone).date(), -days)
            return self._utc(day, time(hour, minute))
        found = _LENGTH.fullmatch(notation)
        if not found:
            raise ValueError(f"{notation!r} is no time of the demo")
        sign, number, unit = found.groups()
        if sign == "-":
            return self.now.replace(second=0, microsecond=0) - _length(int(number), unit)
        if after is None:
            raise ValueError(f"{notation!r} follows nothing")
        if unit == "d":
            local = after.astimezone(self.zone)
            return self._utc(working_day(local.date(), int(number)), local.time())
        return after + _length(int(number), unit)

    def _utc(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(self.now.tzinfo)


def working_day(day: date, steps: int) -> date:
    """Return the day that many working days later, or earlier when negative; 0 is `day`."""
    step = timedelta(days=1 if steps > 0 else -1)
    left = abs(steps)
    while left:
        day += step
        left -= day.weekday() < _SATURDAY
    return day


def _length(number: int, unit: str) -> timedelta:
    return {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}[
        unit
    ] * number
