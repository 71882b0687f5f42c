"""Times inside sentences for the screen: the browser spells them, in the language its reader chose.

A moment stands in a sentence as `<2026-11-23T10:00>`, a day as `<2026-11-23>`; `dated` of
components/primitives/clock.py shows such a sentence.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def moment_mark(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment on the wall clock of a zone, for a sentence."""
    return f"<{moment.astimezone(zone):%Y-%m-%dT%H:%M}>"


def day_mark(day: date) -> str:
    """Return a day of the calendar, for a sentence."""
    return f"<{day:%Y-%m-%d}>"
