"""Holidays for the settings: which named sets there are, what is in them, what a file holds."""

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid
from ticketdesk.models.enums import UserRole
from ticketdesk.models.holiday_sets import is_known, named_holidays, supported
from ticketdesk.models.wire import View
from ticketdesk.services.sla.ical import read_holidays


class HolidaySetView(View):
    """A country whose holidays can be chosen, and its parts that have their own (`DE-BY`)."""

    code: str
    parts: list[str]


class HolidayView(View):
    """A day off, as `YYYY-MM-DD`, and what it is called."""

    day: str
    name: str


def sets(session: Session, actor: Actor) -> list[HolidaySetView]:
    """Return every named set, by country."""
    actor.require(UserRole.AGENT, writes=False)
    return [
        HolidaySetView(code=one.code, parts=list(one.parts))
        for one in sorted(supported().values(), key=lambda one: one.code)
    ]


def of_set(session: Session, actor: Actor, name: str, year: int) -> list[HolidayView]:
    """Return a set's holidays of a year.

    Raises:
        Invalid: there is no such set, or a year outside 1970 to 2200.
    """
    actor.require(UserRole.AGENT, writes=False)
    if not is_known(name):
        message = f"There are no holidays for {name!r}; write a country such as DE or DE-BY."
        raise Invalid(message, fields={"set": message})
    if not 1970 <= year <= 2200:
        message = "Use a year between 1970 and 2200."
        raise Invalid(message, fields={"year": message})
    days = named_holidays(name, year)
    return [HolidayView(day=day.isoformat(), name=days[day]) for day in sorted(days)]


def in_file(session: Session, actor: Actor, content: bytes) -> list[HolidayView]:
    """Return the days off of a calendar file, for an admin to look at before keeping them.

    Raises:
        TooLarge: more than 10 MB.
        Invalid: not a calendar file, or one with too much in it.
    """
    actor.require(UserRole.ADMIN, writes=False)
    return [HolidayView(day=one.day.isoformat(), name=one.name) for one in read_holidays(content)]
