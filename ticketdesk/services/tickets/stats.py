"""How the desk is doing: counts, times, targets, workload (contract.md, `/api/tickets/stats`)."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, literal_column, or_, union_all
from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid
from ticketdesk.models import Chat, Organization, Ticket, TicketActivity, User
from ticketdesk.models.enums import SlaState, TicketActivityType, TicketPriority, UserRole
from ticketdesk.models.enums import TicketStatus as S
from ticketdesk.models.status import ACTIVE
from ticketdesk.services import figures_cache
from ticketdesk.services.surveys import figures
from ticketdesk.services.tickets.stats_views import (
    AgentFigures,
    ChatFigures,
    DayFigures,
    SlaFigures,
    TicketStats,
)

LONGEST = 366
NO_CATEGORY = ""


@dataclass(frozen=True, slots=True)
class _Period:
    """The last days of an organization, from the first local midnight on."""

    organization_id: str
    zone: str
    now: datetime
    first_day: date
    days: int

    @property
    def start(self) -> datetime:
        local = datetime.combine(self.first_day, datetime.min.time(), ZoneInfo(self.zone))
        return local.astimezone(UTC)


def stats(session: Session, actor: Actor, *, days: int = 30) -> TicketStats:
    """Return the figures of the caller's organization, to staff only.

    Computed by a few indexed queries and kept in Redis until something changes; a large desk gets
    figures that are up to half a minute old.

    Args:
        days: the period, 1 to 366 days back, today included.

    Raises:
        Invalid: another number of days.
    """
    actor.require(UserRole.AGENT, writes=False)
    if not 1 <= days <= LONGEST:
        message = f"A number of days from 1 to {LONGEST}."
        raise Invalid(message, fields={"days": message})
    kept = figures_cache.kept(
        actor.organization_id,
        f"stats:{days}",
        lambda: _compute(session, actor.organization_id, days).wire(),
    )
    return TicketStats.model_validate(kept)


def _compute(session: Session, organization_id: str, days: int) -> TicketStats:
    period = _period(session, organization_id, days)
    counts = _counts(session, period)
    created, first_response, sla = _created(session, period)
    resolved, resolution = _resolved(session, period)
    agents, unassigned = _agents(session, period)
    opened = sum(count for status, count in counts["status"].items() if status in ACTIVE)
    total = sum(counts["status"].values())
    return TicketStats(
        days=days,
        computed_at=period.now,
        timezone=period.zone,
        total=total,
        open=opened,
        closed=total - opened,
        unassigned=unassigned,
        by_status={str(s): counts["status"].get(s, 0) for s in S},
        by_priority={str(p): counts["priority"].get(p, 0) for p in TicketPriority},
        by_category=dict(counts["category"]),
        open_by_priority={str(p): counts["open_priority"].get(p, 0) for p in TicketPriority},
        open_by_category=dict(counts["open_category"]),
        average_first_response_minutes=first_response,
        average_resolution_minutes=resolution,
        created_in_period=created,
        resolved_in_period=resolved,
        sla=sla,
        chats=_chats(session, period),
        satisfaction=figures.since(session, organization_id, period.start),
        agents=agents,
        per_day=_per_day(session, period),
    )


def _period(session: Session, organization_id: str, days: int) -> _Period:
    zone = session.exec(
        select(Organization.timezone).where(Organization.id == organization_id)
    ).one()
    now = clock.now()
    today = now.astimezone(ZoneInfo(zone)).date()
    return _Period(organization_id, zone, now, today - timedelta(days=days - 1), days)


def _counts(session: Session, period: _Period) -> dict[str, Counter[str]]:
    """Count all tickets by status, priority and category in one pass."""
    rows = session.exec(
        select(Ticket.status, Ticket.priority, Ticket.category, func.count())
        .where(Ticket.organization_id == period.organization_id)
        .group_by(Ticket.status, Ticket.priority, Ticket.category)
    )
    kinds = ("status", "priority", "category", "open_priority", "open_category")
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in kinds}
    for status, priority, category, count in rows:
        counts["status"][status] += count
        counts["priority"][priority] += count
        counts["category"][category or NO_CATEGORY] += count
        if status in ACTIVE:
            counts["open_priority"][priority] += count
            counts["open_category"][category or NO_CATEGORY] += count
    return counts


def _created(session: Session, period: _Period) -> tuple[int, float | None, SlaFigures]:
    """Return count, average first response in minutes and targets of the period's new tickets."""
    answered, due = col(Ticket.first_response_at), col(Ticket.first_response_sla)
    missed = or_(answered > due, answered.is_(None) & (due <= period.now))
    marked = exists().where(
        TicketActivity.ticket_id == Ticket.id,
        TicketActivity.organization_id == period.organization_id,
        TicketActivity.activity_type == TicketActivityType.SLA_BREACHED,
    )
    broken = or_(missed, col(Ticket.sla_state) == SlaState.BREACHED, marked)
    total, wait, met, late, breached = session.exec(
        select(
            func.count(),
            _minutes(func.avg(answered - col(Ticket.created_at))),
            func.count().filter(answered <= due),
            func.count().filter(missed),
            func.count().filter(broken),
        ).where(Ticket.organization_id == period.organization_id, Ticket.created_at >= period.start)
    ).one()
    kept = _percent(total - breached, total)
    sla = SlaFigures(
        first_response_met=met, first_response_missed=late, breached=breached, compliance=kept
    )
    return total, _rounded(wait), sla


def _resolved(session: Session, period: _Period) -> tuple[int, float | None]:
    count, took = session.exec(
        select(
            func.count(), _minutes(func.avg(col(Ticket.resolved_at) - col(Ticket.created_at)))
        ).where(
            Ticket.organization_id == period.organization_id,
            col(Ticket.resolved_at) >= period.start,
        )
    ).one()
    return count, _rounded(took)


def _agents(session: Session, period: _Period) -> tuple[list[AgentFigures], int]:
    """Return every agent's load, the busiest first, and the open tickets that nobody has."""
    mine = Ticket.organization_id == period.organization_id
    now = dict(
        session.exec(
            select(Ticket.assigned_to_id, func.count())
            .where(mine, col(Ticket.status).in_(ACTIVE))
            .group_by(Ticket.assigned_to_id)
        ).all()
    )
    done = dict(
        session.exec(
            select(Ticket.assigned_to_id, func.count())
            .where(mine, col(Ticket.resolved_at) >= period.start)
            .group_by(Ticket.assigned_to_id)
        ).all()
    )
    people = session.exec(
        select(User.id, User.name)
        .where(
            User.organization_id == period.organization_id,
            col(User.is_active),
            col(User.role).in_([UserRole.AGENT, UserRole.ADMIN]),
        )
        .order_by(User.name)
        .limit(500)
    ).all()
    loads = [
        AgentFigures(user_id=who, name=name, open=now.get(who, 0), resolved=done.get(who, 0))
        for who, name in people
    ]
    return sorted(loads, key=lambda load: -load.open), now.get(None, 0)


def _chats(session: Session, period: _Period) -> ChatFigures:
    ticket = exists().where(Ticket.origin_chat_id == Chat.id)
    total, converted = session.exec(
        select(func.count(), func.count().filter(ticket)).where(
            Chat.organization_id == period.organization_id, Chat.created_at >= period.start
        )
    ).one()
    return ChatFigures(total=total, converted=converted, conversion_rate=_percent(converted, total))


def _per_day(session: Session, period: _Period) -> list[DayFigures]:
    """Return created and resolved tickets of each day, days without any included."""

    def daily(kind: str, moment: Any) -> Any:
        day = func.date(func.timezone(period.zone, moment))
        return (
            select(literal_column(f"'{kind}'").label("kind"), day.label("day"), func.count())
            .where(Ticket.organization_id == period.organization_id, moment >= period.start)
            .group_by(day)
        )

    both = union_all(
        daily("created", col(Ticket.created_at)), daily("resolved", col(Ticket.resolved_at))
    )
    found = {(kind, day): count for kind, day, count in session.execute(both)}
    days = [period.first_day + timedelta(days=offset) for offset in range(period.days)]
    return [
        DayFigures(
            date=day.isoformat(),
            created=found.get(("created", day), 0),
            resolved=found.get(("resolved", day), 0),
        )
        for day in days
    ]


def _minutes(interval: Any) -> Any:
    return func.extract("epoch", interval) / 60


def _rounded(value: Any) -> float | None:
    return None if value is None else round(float(value), 1)


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
