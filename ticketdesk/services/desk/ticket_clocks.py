"""A ticket's clocks: in short beside it, and in full as the answer to "why is it due then?"."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.models import Organization, Ticket
from ticketdesk.models.enums import SlaState, UserRole
from ticketdesk.services.desk.day_by_day import Day, day_by_day
from ticketdesk.services.desk.durations import spoken
from ticketdesk.services.desk.moments import moment_mark
from ticketdesk.services.sla import targets
from ticketdesk.services.sla.calendar import ShiftCalendar
from ticketdesk.services.sla.policies import policy_for
from ticketdesk.services.sla.spans import Span, SpanKind
from ticketdesk.services.sla.targets import Running
from ticketdesk.services.tickets import access

LABELS = {
    "FIRST_RESPONSE": "First response",
    "NEXT_RESPONSE": "Next response",
    "RESOLUTION": "Resolution",
}
_MOST_DAYS = 120
_MOST_SPANS = 2000
_MINUTE = timedelta(minutes=1)

Clock = dict[str, str]


@dataclass(frozen=True, slots=True)
class Explained:
    """Every clock of a ticket with its days; times are on the wall clock of `zone`.

    Each clock has its `label`, `state`, `due`, `met`, the sentences `promise`, `sum` and `words`
    (with marks of `moments.py`), and `days` with their stretches; `more` counts days that are not
    shown. `today` and `minute` say where the present is.
    """

    policy: str
    hours: str
    zone: str
    today: str
    minute: int
    clocks: list[dict[str, Any]]


def clocks(session: Session, ticket: Ticket) -> list[Clock]:
    """Return a ticket's targets in the order in which they fall due, for the facts beside it."""
    now = clock.now()
    return [_short(one, now) for one in targets.of(ticket, policy_for(session, ticket))]


def explained(session: Session, actor: Actor, reference: str) -> Explained:
    """Say of every target of a ticket why it is due when it is, to staff only.

    Raises:
        NotFound: no such ticket.
    """
    actor.require(UserRole.AGENT, writes=False)
    ticket = access.find(session, actor, reference)
    policy, now = policy_for(session, ticket), clock.now()
    calendar = policy.calendar
    is_round = not isinstance(calendar, ShiftCalendar)
    zone = _zone(session, ticket) if is_round else calendar.zone
    local = now.astimezone(zone)
    return Explained(
        policy=policy.name,
        hours="round the clock" if is_round else "in business hours",
        zone=zone.key,
        today=local.date().isoformat(),
        minute=local.hour * 60 + local.minute,
        clocks=[_long(one, now, zone) for one in targets.of(ticket, policy)],
    )


def _short(target: Running, now: datetime) -> Clock:
    state = target.state(now)
    over = target.stopped_at or (target.paused_since if target.ended else None)
    missed = over is not None and state == SlaState.BREACHED
    told = "missed" if missed else "moot" if target.moot else str(state)
    return {
        "kind": target.kind,
        "label": LABELS[target.kind],
        "due": _iso(target.due) if target.is_running else "",
        "state": told,
        "met": _iso(over),
    }


def _long(target: Running, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    spans = target.timeline(now, most=_MOST_SPANS)
    days = day_by_day(spans, zone)
    used = target.used(now) // _MINUTE
    return _short(target, now) | {
        "promise": spoken(target.minutes),
        "sum": _sum(target, spans, used),
        "words": _words(target, now, zone, used),
        "days": [_shown(day) for day in days[:_MOST_DAYS]],
        "more": max(0, len(days) - _MOST_DAYS),
    }


def _shown(day: Day) -> dict[str, Any]:
    return asdict(day) | {"words": spoken(day.counted) if day.counted else "nothing"}


def _sum(target: Running, spans: list[Span], used: int) -> str:
    if target.due is not None:
        return f"{spoken(target.minutes)} counted until then: what was promised"
    counted = sum((s.end - s.start for s in spans if s.kind is SpanKind.COUNTED), timedelta(0))
    return f"{spoken(max(used, counted // _MINUTE))} of {spoken(target.minutes)} counted so far"


def _words(target: Running, now: datetime, zone: ZoneInfo, used: int) -> str:
    """What somebody wants to know first, in one or two sentences."""
    over = target.stopped_at or (target.paused_since if target.ended else None)
    if over is not None:
        kept = "Over without a reply" if target.moot else "Met"
        verb = "Missed" if target.state(now) == SlaState.BREACHED else kept
        due = f"; it was due {moment_mark(target.due, zone)}" if target.due else ""
        return f"{verb} on {moment_mark(over, zone)}, after {spoken(used)}{due}."
    if target.paused_since is not None:
        return (
            f"The clock stands still since {moment_mark(target.paused_since, zone)}."
            f" {_left(target, used)} when it goes on."
        )
    if target.due is None:
        return "Never due: no time counts in these hours."
    tense = "Was due" if target.due <= now else "Due"
    return f"{tense} {moment_mark(target.due, zone)}. {_left(target, used)}."


def _left(target: Running, used: int) -> str:
    left = target.minutes - used
    return f"{spoken(-left)} too late" if left < 0 else f"{spoken(left)} left to count"


def _zone(session: Session, ticket: Ticket) -> ZoneInfo:
    name = session.exec(
        select(Organization.timezone).where(Organization.id == ticket.organization_id)
    ).one()
    return ZoneInfo(name)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
