"""The period's new tickets, measured once and told apart by day, channel, category and so on."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, tuple_
from sqlmodel import Session, col, select

from ticketdesk.models import Ticket
from ticketdesk.services.reports import measures
from ticketdesk.services.reports.query import Scope
from ticketdesk.services.reports.views import Times

_MOST_TAGS = 100
# Which bit of GROUPING() is clear tells by what a row is grouped.
KINDS = ("bucket", "channel", "priority", "category", "agent")


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of some new tickets."""

    created: int
    resolved: int
    first_response: Times
    resolution: Times
    sla_kept: float | None
    first_met: int
    first_missed: int


Groups = dict[str, dict[str, Measured]]


def measured(session: Session, scope: Scope) -> Groups:
    """Return figures by kind and key; kind `all` has the one key ''."""
    rows = _rows(scope)
    columns = [rows.c[kind] for kind in KINDS]
    sets = func.grouping_sets(*(tuple_(column) for column in columns), literal_column("()"))
    found: Groups = {kind: {} for kind in (*KINDS, "all", "tag")}
    query = select(func.grouping(*columns), *columns, *_figures(rows)).group_by(sets)
    for mask, *rest in session.execute(query):
        kind = _kind(mask)
        key = rest[KINDS.index(kind)] if kind in KINDS else ""
        found[kind]["" if key is None else str(key)] = _measured(rest[len(KINDS) :])
    found["tag"] = _by_tag(session, rows)
    return found


def _rows(scope: Scope) -> Any:
    answered, made = col(Ticket.first_response_at), col(Ticket.created_at)
    return (
        select(
            scope.bucket(made).label("bucket"),
            col(Ticket.source).label("channel"),
            col(Ticket.priority).label("priority"),
            func.coalesce(Ticket.category, "").label("category"),
            func.coalesce(Ticket.assigned_to_id, "").label("agent"),
            col(Ticket.tags).label("tags"),
            col(Ticket.resolved_at).label("resolved"),
            measures.minutes(answered, made).label("wait"),
            measures.minutes(col(Ticket.resolved_at), made).label("took"),
            (answered <= col(Ticket.first_response_sla)).label("met"),
            measures.first_missed(scope).label("late"),
            measures.missed(scope).label("missed"),
        )
        .where(*scope.tickets(), *scope.inside(made))
        .cte("measured")
    )


def _figures(rows: Any) -> list[ColumnElement[Any]]:
    return [
        func.count(),
        func.count(rows.c.resolved),
        measures.percentile(0.5, rows.c.wait),
        measures.percentile(0.9, rows.c.wait),
        measures.percentile(0.5, rows.c.took),
        measures.percentile(0.9, rows.c.took),
        func.count().filter(rows.c.met),
        func.count().filter(rows.c.late),
        func.count().filter(rows.c.missed),
    ]


def _by_tag(session: Session, rows: Any) -> dict[str, Measured]:
    measures_of = [rows.c[name] for name in ("resolved", "wait", "took", "met", "late", "missed")]
    each = select(func.unnest(rows.c.tags).label("tag"), *measures_of).cte("tagged")
    query = (
        select(each.c.tag, *_figures(each))
        .group_by(each.c.tag)
        .order_by(func.count().desc(), each.c.tag)
        .limit(_MOST_TAGS)
    )
    return {name: _measured(rest) for name, *rest in session.execute(query)}


def _kind(mask: int) -> str:
    """GROUPING() sets a bit for each column that a row is not grouped by, the first one highest."""
    for place, kind in enumerate(KINDS):
        if not mask & (1 << (len(KINDS) - 1 - place)):
            return kind
    return "all"


def _measured(figures: list[Any]) -> Measured:
    count, resolved, wait, long_wait, took, long_took, met, late, missed = figures
    return Measured(
        created=count,
        resolved=resolved,
        first_response=measures.times(wait, long_wait),
        resolution=measures.times(took, long_took),
        sla_kept=measures.percent(count - missed, count),
        first_met=met,
        first_missed=late,
    )


NOTHING = _measured([0, 0, None, None, None, None, 0, 0, 0])
