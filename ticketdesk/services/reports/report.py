"""How the desk did: the analytics of `/app/reports` and `/api/reports`."""

from datetime import date

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import User
from ticketdesk.models.enums import UserRole
from ticketdesk.services import figures_cache
from ticketdesk.services.embed.visits import funnel
from ticketdesk.services.reports import beside, flow
from ticketdesk.services.reports.created import NOTHING, Groups, Measured, measured
from ticketdesk.services.reports.query import ReportQuery, Scope, scope_of
from ticketdesk.services.reports.views import Breakdown, Bucket, Part, Report, Totals

_MOST = 100


def report(session: Session, actor: Actor, query: ReportQuery) -> Report:
    """Return the figures of the caller's organization, to staff only.

    A handful of indexed queries, kept in Redis until something changes; a large desk gets figures
    that are up to half a minute old.
    """
    actor.require(UserRole.AGENT, writes=False)
    kept = figures_cache.kept(
        actor.organization_id,
        f"report:{query.model_dump_json()}",
        lambda: _compute(session, actor, query).wire(),
    )
    return Report.model_validate(kept)


def _compute(session: Session, actor: Actor, query: ReportQuery) -> Report:
    scope = scope_of(session, actor.organization_id, query)
    groups, resolved = measured(session, scope), flow.resolved(session, scope)
    created = {date.fromisoformat(key): one.created for key, one in groups["bucket"].items()}
    backlog = flow.backlog(session, scope, created)
    return Report(
        days=(scope.last_day - scope.first_day).days + 1,
        unit="week" if scope.by_week else "day",
        timezone=scope.zone,
        since=scope.first_day.isoformat(),
        until=scope.last_day.isoformat(),
        computed_at=scope.now,
        totals=_totals(
            groups["all"].get("", NOTHING),
            resolved.get(None, flow.NONE_RESOLVED),
            backlog[scope.buckets[-1]],
        ),
        buckets=[_bucket(day, groups, resolved, backlog) for day in scope.buckets],
        by=_breakdown(session, scope, groups),
        form=beside.form(funnel(session, actor, scope.start, scope.end)),
        chats=beside.chats(session, scope),
        satisfaction=beside.satisfaction(session, scope),
    )


def _totals(one: Measured, done: flow.Resolved, opened: int) -> Totals:
    return Totals(
        created=one.created,
        resolved=done.count,
        backlog=opened,
        first_response=one.first_response,
        resolution=done.times,
        sla_kept=one.sla_kept,
        first_response_met=one.first_met,
        first_response_missed=one.first_missed,
    )


def _bucket(
    day: date,
    groups: Groups,
    resolved: dict[date | None, flow.Resolved],
    backlog: dict[date, int],
) -> Bucket:
    one = groups["bucket"].get(day.isoformat(), NOTHING)
    done = resolved.get(day, flow.NONE_RESOLVED)
    return Bucket(
        date=day.isoformat(),
        created=one.created,
        resolved=done.count,
        backlog=backlog[day],
        first_response=one.first_response,
        resolution=done.times,
        sla_kept=one.sla_kept,
    )


def _breakdown(session: Session, scope: Scope, groups: Groups) -> Breakdown:
    names = dict(
        session.exec(
            select(User.id, User.name).where(
                User.organization_id == scope.organization_id,
                col(User.id).in_([key for key in groups["agent"] if key]),
            )
        ).all()
    )
    return Breakdown(
        channel=_parts(groups["channel"], {}),
        category=_parts(groups["category"], {}),
        agent=_parts(groups["agent"], names),
        tag=_parts(groups["tag"], {}),
        priority=_parts(groups["priority"], {}),
    )


def _parts(found: dict[str, Measured], names: dict[str, str]) -> list[Part]:
    often = sorted(found.items(), key=lambda item: (-item[1].created, item[0]))
    return [
        Part(
            key=key,
            label=names.get(key, key),
            created=one.created,
            resolved=one.resolved,
            first_response=one.first_response,
            resolution=one.resolution,
            sla_kept=one.sla_kept,
        )
        for key, one in often[:_MOST]
    ]
