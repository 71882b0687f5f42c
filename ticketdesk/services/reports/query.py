"""What a report is about: a period, and which tickets."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, field_validator
from sqlalchemy import func
from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.models import Organization, Ticket
from ticketdesk.models.enums import TicketPriority, TicketSource
from ticketdesk.models.wire import Command

LONGEST = 366
_MOST_DAYS = 92
_WEEK = timedelta(days=7)

Name = Annotated[str, Field(min_length=1, max_length=200)]


class ReportQuery(Command):
    """A period and filters that must all hold; `agent` is a user's id.

    The period is from `since` to `until`, both included, on the organization's calendar; `until`
    left out is today, and without either it is the last `days`, today included.
    """

    days: Annotated[int, Field(ge=1, le=LONGEST)] = 30
    since: date | None = None
    until: date | None = None
    source: TicketSource | None = None
    priority: TicketPriority | None = None
    category: Name | None = None
    agent: Name | None = None
    tag: Name | None = None

    @field_validator("until")
    @classmethod
    def _period(cls, until: date | None, info: ValidationInfo) -> date | None:
        since = info.data.get("since")
        if until is None or "since" not in info.data:
            return until
        if since is None:
            raise ValueError("Say where the period begins, too")
        if not since <= until:
            raise ValueError("A period ends where it begins, or later")
        if (until - since).days >= LONGEST:
            raise ValueError(f"A period has at most {LONGEST} days")
        return until


@dataclass(frozen=True, slots=True)
class Scope:
    """A report's tickets and its stretch of time, in days or, when that is long, in weeks."""

    organization_id: str
    zone: str
    now: datetime
    first_day: date
    last_day: date
    by_week: bool
    query: ReportQuery

    @property
    def start(self) -> datetime:
        """The first local midnight of the period, in UTC."""
        return self._midnight(self.first_day)

    @property
    def end(self) -> datetime:
        """The first local midnight after the period, in UTC."""
        return self._midnight(self.last_day + timedelta(days=1))

    def _midnight(self, day: date) -> datetime:
        local = datetime.combine(day, datetime.min.time(), ZoneInfo(self.zone))
        return local.astimezone(UTC)

    def inside(self, moment: Any) -> list[Any]:
        """Return the SQL conditions for a moment of the period."""
        return [moment >= self.start, moment < self.end]

    @property
    def buckets(self) -> list[date]:
        """The first day of every day or week of the period, in order."""
        step = _WEEK if self.by_week else timedelta(days=1)
        many = (self.last_day - self.first_day) // step + 1
        return [self.first_day + n * step for n in range(many)]

    def bucket(self, moment: Any) -> Any:
        """Return the SQL expression for the bucket in which a moment lies."""
        local = func.timezone(self.zone, moment)
        return func.date(func.date_trunc("week", local) if self.by_week else local)

    def tickets(self) -> list[Any]:
        """Return the SQL conditions for the tickets the report is about, at any time."""
        asked = self.query
        conditions: list[Any] = [Ticket.organization_id == self.organization_id]
        for column, value in (
            (Ticket.source, asked.source),
            (Ticket.priority, asked.priority),
            (Ticket.category, asked.category),
            (Ticket.assigned_to_id, asked.agent),
        ):
            if value is not None:
                conditions.append(column == value)
        if asked.tag is not None:
            conditions.append(col(Ticket.tags).contains([asked.tag]))
        return conditions


def scope_of(session: Session, organization_id: str, query: ReportQuery) -> Scope:
    """Return the period on the organization's calendar, not beyond today; weeks begin on Monday."""
    zone = session.exec(
        select(Organization.timezone).where(Organization.id == organization_id)
    ).one()
    now = clock.now()
    today = now.astimezone(ZoneInfo(zone)).date()
    last = min(query.until or today, today)
    first = min(query.since or last - timedelta(days=query.days - 1), last)
    if query.since and (last - first).days >= LONGEST:
        first = last - timedelta(days=LONGEST - 1)
    by_week = (last - first).days >= _MOST_DAYS
    if by_week:
        first -= timedelta(days=first.weekday())
    return Scope(organization_id, zone, now, first, last, by_week, query)
