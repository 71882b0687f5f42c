"""What was resolved in a period, and how many tickets were open at the end of each of its days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, literal_column, tuple_
from sqlmodel import Session, col, select

from ticketdesk.models import Ticket
from ticketdesk.models.status import ACTIVE, ENDED
from ticketdesk.services.reports import measures
from ticketdesk.services.reports.query import Scope
from ticketdesk.services.reports.views import Times


@dataclass(frozen=True, slots=True)
class Resolved:
    """How many were resolved, and how long they had taken."""

    count: int
    times: Times


NONE_RESOLVED = Resolved(0, Times(median=None, p90=None))


def resolved(session: Session, scope: Scope) -> dict[date | None, Resolved]:
    """Return what was resolved, by bucket; None is the whole period."""
    took = measures.minutes(col(Ticket.resolved_at), col(Ticket.created_at))
    rows = (
        select(scope.bucket(col(Ticket.resolved_at)).label("bucket"), took.label("took"))
        .where(*scope.tickets(), *scope.inside(col(Ticket.resolved_at)))
        .cte("resolved")
    )
    query = select(
        rows.c.bucket,
        func.count(),
        measures.percentile(0.5, rows.c.took),
        measures.percentile(0.9, rows.c.took),
    ).group_by(func.grouping_sets(tuple_(rows.c.bucket), literal_column("()")))
    return {
        bucket: Resolved(count, measures.times(median, p90))
        for bucket, count, median, p90 in session.execute(query)
    }


def backlog(session: Session, scope: Scope, created: dict[date, int]) -> dict[date, int]:
    """Return the open tickets at the end of each bucket, counted back from those open now.

    A ticket that was reopened counts as open all the while: only its last end is known.
    """
    moment = func.coalesce(Ticket.resolved_at, Ticket.closed_at, Ticket.status_changed_at)
    ended = scope.bucket(moment)
    over = (
        *scope.tickets(),
        col(Ticket.status).in_(ENDED),
        col(Ticket.status_changed_at) >= scope.start,
    )
    finished = dict(
        session.execute(
            select(ended, func.count()).where(*over, moment < scope.end).group_by(ended)
        ).all()
    )
    opened = _count(session, *scope.tickets(), col(Ticket.status).in_(ACTIVE))
    if scope.end <= scope.now:
        opened += _count(session, *over, moment >= scope.end)
        opened -= _count(session, *scope.tickets(), col(Ticket.created_at) >= scope.end)
    found: dict[date, int] = {}
    for bucket in reversed(scope.buckets):
        found[bucket] = opened
        opened += finished.get(bucket, 0) - created.get(bucket, 0)
    return found


def _count(session: Session, *conditions: Any) -> int:
    return session.exec(select(func.count()).select_from(Ticket).where(*conditions)).one()
