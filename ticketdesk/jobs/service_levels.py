"""Service levels outside of requests: the sweep, and recomputing after a change of a promise."""

from datetime import datetime

from sqlmodel import Session

from ticketdesk import clock, outbox, unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.outbox import Promise
from ticketdesk.services.sla import recompute
from ticketdesk.services.sla import sweep as sweeping


def sweep() -> int:
    """Tell every warning, breach and escalation that is due; return how many tickets were seen."""
    seen = 0
    while found := unit_of_work.across(sweeping.sweep):
        seen += found
        if found < sweeping.BATCH:
            break
    return seen


def recompute_open(organization_id: str, promises: list[Promise], deadline: datetime) -> None:
    """Recompute an organization's open tickets; one walk keeps all promises that wait for one.

    What `deadline` leaves over is promised anew from where the walk stopped.
    """
    after: str | None = min(str(promise.payload.get("after", "")) for promise in promises)
    while after is not None and clock.now() < deadline:
        after = unit_of_work.as_system(organization_id, recompute.batch, after)
    unit_of_work.as_system(organization_id, _finish, promises, after)


def _finish(session: Session, actor: Actor, promises: list[Promise], after: str | None) -> None:
    for promise in promises:
        outbox.finish(session, promise)
    if after is not None:
        outbox.put(session, actor.organization_id, recompute.SUBSCRIBER, {"after": after})
