"""A ticket's targets: when each began, what paused it, what stopped it, how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from ticketdesk.models import Ticket
from ticketdesk.models.enums import SlaState
from ticketdesk.models.status import ENDED
from ticketdesk.services.sla import clock
from ticketdesk.services.sla.calendar import Calendar
from ticketdesk.services.sla.definition import Definition, minutes_for
from ticketdesk.services.sla.policies import Policy
from ticketdesk.services.sla.spans import Pause, Span

_ENDINGS = frozenset(str(status) for status in ENDED)
_NOTHING = timedelta(0)


@dataclass(frozen=True)
class Running:
    """One target of a ticket.

    `minutes` is the promise. `stopped_at` is when it was kept or became moot, which `moot` tells
    apart: the ticket was over before anybody answered. `ended` says that the ticket is over, which
    stops a resolution until a reopen.
    """

    kind: str
    minutes: int
    since: datetime
    calendar: Calendar
    definition: Definition
    stopped_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    ended: bool = False
    moot: bool = False

    @cached_property
    def due(self) -> datetime | None:
        """When the counted time is used up; None while a pause holds it, or if it never is."""
        return self.at(timedelta(0))

    @cached_property
    def warn_at(self) -> datetime | None:
        """When it becomes due soon."""
        percent = self.definition.warn_percent
        lead = (
            timedelta(minutes=self.minutes) * (100 - percent) / 100
            if percent
            else timedelta(minutes=self.definition.warn_minutes)
        )
        return self.at(-lead)

    def at(self, offset: timedelta) -> datetime | None:
        """Return the moment some counted time after the due time, or before it (negative)."""
        target = max(timedelta(minutes=self.minutes) + offset, _NOTHING)
        return clock.due(self.since, target, self.calendar, self.pauses)

    @property
    def occurrence(self) -> str:
        """What tells the repetitions of a target apart."""
        return self.since.isoformat() if self.kind == "NEXT_RESPONSE" else ""

    @property
    def paused_since(self) -> datetime | None:
        """When the pause began that holds it now."""
        return next((pause.start for pause in self.pauses if pause.end is None), None)

    @property
    def is_running(self) -> bool:
        """Whether time goes by on it: neither stopped nor paused nor over."""
        return self.stopped_at is None and self.paused_since is None and not self.ended

    def state(self, now: datetime) -> SlaState:
        """Return how it stands at a moment."""
        late_by = self.stopped_at or now
        if self.due is not None and (
            self.due < late_by if self.stopped_at is not None else self.due <= late_by
        ):
            return SlaState.BREACHED
        if self.stopped_at is not None or self.ended:
            return SlaState.MET
        if self.paused_since is not None:
            return SlaState.PAUSED
        if self.warn_at is not None and self.warn_at <= now:
            return SlaState.DUE_SOON
        return SlaState.OK

    def used(self, now: datetime) -> timedelta:
        """Return the counted time that has gone by."""
        return clock.elapsed(self.since, self.stopped_at or now, self.calendar, self.pauses)

    def timeline(self, now: datetime, *, most: int) -> list[Span]:
        """Return the spans from its beginning to its due time, or to now where there is none.

        Args:
            most: how many at most; the rest is left out.
        """
        end = self.due or max(self.stopped_at or now, self.since)
        return clock.timeline(self.since, end, self.calendar, self.pauses, most=most)


def of(ticket: Ticket, policy: Policy) -> list[Running]:
    """Return the targets a policy sets for a ticket."""
    found = (_first_response(ticket, policy), _next_response(ticket, policy))
    return [target for target in (*found, _resolution(ticket, policy)) if target is not None]


def _first_response(ticket: Ticket, policy: Policy) -> Running | None:
    minutes = minutes_for(policy.definition.first_response, ticket.priority)
    if minutes is None:
        return None
    return Running(
        "FIRST_RESPONSE",
        minutes,
        ticket.created_at,
        policy.calendar,
        policy.definition,
        stopped_at=ticket.first_response_at or _moot_at(ticket),
        moot=ticket.status in ENDED and ticket.first_response_at is None,
    )


def _next_response(ticket: Ticket, policy: Policy) -> Running | None:
    minutes = minutes_for(policy.definition.next_response, ticket.priority)
    if minutes is None or ticket.next_response_since is None:
        return None
    return Running(
        "NEXT_RESPONSE",
        minutes,
        ticket.next_response_since,
        policy.calendar,
        policy.definition,
        stopped_at=_moot_at(ticket),
        moot=ticket.status in ENDED,
    )


def _resolution(ticket: Ticket, policy: Policy) -> Running | None:
    minutes = minutes_for(policy.definition.resolution, ticket.priority)
    if minutes is None:
        return None
    return Running(
        "RESOLUTION",
        minutes,
        ticket.created_at,
        policy.calendar,
        policy.definition,
        pauses=tuple(pauses_of(ticket, policy.definition.pause_on)),
        ended=ticket.status in ENDED,
    )


def pauses_of(ticket: Ticket, pause_on: Iterable[str]) -> list[Pause]:
    """Return the stays that pause the resolution: the chosen statuses, and being over."""
    chosen = {*pause_on, *_ENDINGS}
    return [
        Pause(
            datetime.fromisoformat(stay["from"]),
            datetime.fromisoformat(stay["to"]) if stay["to"] else None,
        )
        for stay in ticket.sla_pauses
        if stay["status"] in chosen
    ]


def _moot_at(ticket: Ticket) -> datetime | None:
    """Return since when nobody has to answer any more, because the ticket is over."""
    if ticket.status not in ENDED:
        return None
    open_stay = next((stay for stay in ticket.sla_pauses if stay["to"] is None), None)
    if open_stay:
        return datetime.fromisoformat(open_stay["from"])
    return ticket.resolved_at or ticket.closed_at
