"""A ticket's targets as a person sees them: due times, what is left, and why."""

from datetime import datetime, timedelta

from pydantic import Field
from sqlmodel import Session

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.models import Ticket
from ticketdesk.models.enums import SlaState, UserRole
from ticketdesk.models.wire import Moment, ShortMoment, View
from ticketdesk.services.sla import targets
from ticketdesk.services.sla.policies import Policy, policy_for
from ticketdesk.services.sla.refresh import overall
from ticketdesk.services.sla.spans import Span, SpanKind
from ticketdesk.services.sla.targets import Running
from ticketdesk.services.tickets import access

_MINUTE = timedelta(minutes=1)
LONGEST = 20_000


class SpanView(View):
    """A stretch of a timeline; `start` and `end` are `from` and `to` in JSON."""

    start: ShortMoment = Field(alias="from")
    end: ShortMoment = Field(alias="to")
    kind: SpanKind


class TargetView(View):
    """One target.

    `minutes` is the promise, `used_minutes` and `remaining_minutes` are counted (business) time;
    what remains is negative once the target is missed. `due_at` is null while it is paused.
    """

    kind: str
    minutes: int
    started_at: Moment
    due_at: Moment | None
    stopped_at: Moment | None
    paused_since: Moment | None
    state: SlaState
    used_minutes: int
    remaining_minutes: int
    timeline: list[SpanView]


class SlaView(View):
    """A ticket's service level: its policy, its state and every target.

    `timeline` is the main clock's: the resolution's, or else the first target's.
    """

    policy_id: str | None
    policy_name: str
    state: SlaState
    due_at: Moment | None
    next_event_at: Moment | None
    targets: list[TargetView]
    timeline: list[SpanView]


def of_ticket(session: Session, actor: Actor, reference: str) -> SlaView:
    """Return the targets of a ticket, to staff only.

    Raises:
        NotFound: no such ticket.
        Forbidden: a customer asks.
    """
    actor.require(UserRole.AGENT, writes=False)
    ticket = access.find(session, actor, reference)
    return sla_view(ticket, policy_for(session, ticket), clock.now())


def sla_view(ticket: Ticket, policy: Policy, now: datetime) -> SlaView:
    """Return the targets that a policy sets for a ticket."""
    running = targets.of(ticket, policy)
    views = [_target_view(target, now) for target in running]
    main = next((view for view in views if view.kind == "RESOLUTION"), next(iter(views), None))
    return SlaView(
        policy_id=policy.id,
        policy_name=policy.name,
        state=overall(ticket, running, now),
        due_at=ticket.sla_due_at,
        next_event_at=ticket.next_sla_event_at,
        targets=views,
        timeline=main.timeline if main else [],
    )


def span_views(spans: list[Span]) -> list[SpanView]:
    """Return spans ready for JSON."""
    return [SpanView(start=s.start, end=s.end, kind=s.kind) for s in spans]


def _target_view(target: Running, now: datetime) -> TargetView:
    used = target.used(now)
    held = target.paused_since is not None or target.ended
    return TargetView(
        kind=target.kind,
        minutes=target.minutes,
        started_at=target.since,
        due_at=None if held else target.due,
        stopped_at=target.stopped_at or (target.paused_since if target.ended else None),
        paused_since=None if target.ended else target.paused_since,
        state=target.state(now),
        used_minutes=used // _MINUTE,
        remaining_minutes=target.minutes - used // _MINUTE,
        timeline=span_views(target.timeline(now, most=LONGEST)),
    )
