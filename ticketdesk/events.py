"""A change's own row (house.md, Events): history, outbox and realtime notice in one transaction."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session

from ticketdesk import outbox, realtime_events
from ticketdesk.actor import Actor
from ticketdesk.ids import new_id
from ticketdesk.models import Ticket, TicketActivity
from ticketdesk.models.enums import TicketActivityType as A
from ticketdesk.services import notifications
from ticketdesk.services.rules import pending
from ticketdesk.services.webhooks import fan_out

SUBSCRIBERS: dict[A, tuple[str, ...]] = {
    A.CREATED: ("mail.ticket_created",),
    A.RESPONDED: ("mail.ticket_response",),
    A.ASSIGNED: ("mail.ticket_assigned",),
    A.STATUS_CHANGED: ("mail.status_changed",),
    A.RESOLVED: ("mail.status_changed",),
    A.CLOSED: ("mail.status_changed",),
    A.REOPENED: ("mail.status_changed",),
}

_PUBLIC = {A.CREATED, A.RESPONDED, A.STATUS_CHANGED, A.RESOLVED, A.CLOSED, A.REOPENED}


def record(
    session: Session,
    actor: Actor,
    ticket: Ticket,
    kind: A,
    description: str,
    *,
    changes: dict[str, tuple[Any, Any]] | None = None,
    response_id: str | None = None,
    delay: timedelta = timedelta(0),
    also_tell: tuple[str | None, ...] = (),
) -> str:
    """Write the history row of a change and everything that follows from it.

    Args:
        description: the change in words, such as `set the priority to HIGH`.
        changes: camelCase field name → (before, after), JSON values.
        response_id: the response that the change is about.
        delay: how long the outbox waits with what follows (undo window).
        also_tell: users beside the assignee whose `agent:` channel hears of it.

    Returns:
        The activity's identifier.
    """
    before_after = {
        name: {"before": before, "after": after}
        for name, (before, after) in (changes or {}).items()
    }
    activity = _activity(actor, ticket, kind, description)
    activity.changes, activity.response_id = before_after, response_id
    session.add(activity)
    promise = {"ticketId": ticket.id, "activityId": activity.id, "responseId": response_id}
    for subscriber in SUBSCRIBERS.get(kind, ()):
        outbox.put(session, ticket.organization_id, subscriber, promise, delay=delay)
    pending.collect(
        session, ticket.id, pending.Change(kind, description, changes or {}, response_id)
    )
    notifications.tell(session, actor, ticket, kind, activity.id, response_id)
    event = realtime_events.TYPES.get(kind, "ticket:updated")
    fan_out.promise(session, ticket, activity, event)
    _announce(session, ticket, event, before_after, response_id, also_tell)
    return activity.id


def _activity(actor: Actor, ticket: Ticket, kind: A, description: str) -> TicketActivity:
    return TicketActivity(
        id=new_id("act"),
        organization_id=ticket.organization_id,
        ticket_id=ticket.id,
        activity_type=kind,
        description=description,
        performed_by_id=actor.user_id,
        performed_by_name=actor.name,
        performed_by_kind=actor.kind,
        is_public=kind in _PUBLIC,
    )


def _announce(
    session: Session,
    ticket: Ticket,
    event: str,
    changes: dict[str, dict[str, Any]],
    response_id: str | None,
    also_tell: tuple[str | None, ...],
) -> None:
    facts: dict[str, Any] = {"changed": sorted(changes)}
    if response_id:
        facts["responseId"] = response_id
    if "assignedToId" in changes:
        facts["assignedToId"] = ticket.assigned_to_id
    if "status" in changes:
        facts["oldStatus"] = changes["status"]["before"]
        facts["newStatus"] = changes["status"]["after"]
    people = {person for person in (ticket.assigned_to_id, *also_tell) if person}
    channels = (
        f"ticket:{ticket.organization_id}",
        f"ticket:{ticket.id}",
        *(f"agent:{person}" for person in sorted(people)),
    )
    realtime_events.collect(
        session,
        realtime_events.RealtimeEvent(event, ticket.organization_id, ticket.id, channels, facts),
    )
