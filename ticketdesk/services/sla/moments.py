"""The moments at which a target has something to tell: its warning, its breach, its escalations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ticketdesk.services.sla.definition import Escalation
from ticketdesk.services.sla.targets import Running

WARNED = "WARNED"
BREACHED = "BREACHED"
ESCALATED = "ESCALATED"

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing to tell, at `at`; `escalation` says what is to be done, if anything."""

    target: Running
    kind: str
    at: datetime
    escalation: Escalation | None = None

    @property
    def step(self) -> str:
        """The escalation's identifier, or ''."""
        return self.escalation.id if self.escalation else ""

    @property
    def key(self) -> Key:
        """What lets it happen once per ticket."""
        return self.key_of(self.target.kind, self.target.occurrence, self.kind, self.step)

    @staticmethod
    def key_of(target: str, occurrence: str, kind: str, step: str) -> Key:
        """Return the parts of a key in the order in which they are compared."""
        return (target, occurrence, kind, step)


def moments_of(target: Running) -> Iterator[Moment]:
    """Yield everything a running target will have to tell, in no particular order."""
    if target.warn_at is not None:
        yield Moment(target, WARNED, target.warn_at)
    if target.due is not None:
        yield Moment(target, BREACHED, target.due)
    for step in target.definition.escalations:
        if step.target != target.kind:
            continue
        at = target.at(timedelta(minutes=step.after_minutes))
        if at is not None:
            yield Moment(target, ESCALATED, at, step)
