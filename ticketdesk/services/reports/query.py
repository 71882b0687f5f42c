"""What a report is about: a period, and which tickets."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field
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
    """The last `days`, today included, and filters that must all hold; `agent` is a user's id."""

    days: Annotated[int, Field(ge=1, le=LONGEST)] = 30
    source: TicketSource | None = None
    priority: TicketPriority | None = None
    category: Name | None = None
    agent: Name | None = None
    tag: Name | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """A report's tickets and its stretch of time, in days or, when that is long, in weeks."""

    organization_id: str
    zone: str
    now: datetime
    first_day: date
    by_week: bool
    query: ReportQuery

    @property
    def start(self) -> datetime:
        """The first local midnight of the period, in UTC."""
        local = datetime.combine(self.first_day, datetime.min.time(), ZoneInfo(self.zone))
        return local.astimezone(UTC)

    @property
    def buckets(self) -> list[date]:
        """The first day of every day or week of the period, in order."""
        step = _WEEK if self.by_week else timedelta(days=1)
        today = self.now.astimezone(ZoneInfo(self.zone)).date()
        return [self.first_day + n * step for n in range((today - self.first_day) // step + 1)]

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
    """Return the period up to now, on the organization's calendar; weeks begin on Monday."""
    zone = session.exec(
        select(Organization.timezone).where(Organization.id == organization_id)
    ).one()
    now = clock.now()
    first = now.astimezone(ZoneInfo(zone)).date() - timedelta(days=query.days - 1)
    by_week = query.days > _MOST_DAYS
    if by_week:
        first -= timedelta(days=first.weekday())
    return Scope(organization_id, zone, now, first, by_week, query)
