"""Undoing a bulk action: each ticket gets its former facts back, unless it changed since."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from ticketdesk import clock, events, outbox
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, TicketDeskError
from ticketdesk.models import Ticket
from ticketdesk.models.bulk_action import BulkAction
from ticketdesk.models.enums import TicketActivityType, TicketPriority, UserRole
from ticketdesk.services.deleted.restore import restore_many
from ticketdesk.services.tickets.bulk import (
    BATCH,
    DELETE,
    SUBSCRIBER,
    BulkView,
    locked_part,
    locked_parts,
    view,
)
from ticketdesk.services.tickets.snapshot import give_back
from ticketdesk.services.tickets.touch import touch
from ticketdesk.services.tickets.undo_send import undo_send

_SIMPLE = ("priority", "category", "tags", "assigned_to_id")
_OWN = (*_SIMPLE, "versionAfter", "responseId")
"""What a bulk action remembers beside the facts of `snapshot.ticket_facts`."""


def undo(session: Session, actor: Actor, bulk_id: str) -> BulkView:
    """Take a finished bulk action back; beyond 100 tickets a job goes on.

    Tickets that somebody changed since keep what they have and are named as refused. Deleted ones
    come back with all that was theirs.

    Raises:
        Forbidden: the caller deleted them and is no admin any more.
        Conflict: not finished, undone already, or of a kind that cannot be taken back.
    """
    actor.require(UserRole.AGENT)
    rows = locked_parts(session, actor, bulk_id)
    if not view(session, bulk_id).can_undo:
        raise Conflict("This can no longer be undone.")
    for row in rows:
        row.undo_requested_at = clock.now()
        session.add(row)
    _take_back(session, actor, rows[0])
    for row in rows:
        if row.undone_at is None:
            outbox.put(session, actor.organization_id, SUBSCRIBER, {"bulkId": row.id, "undo": True})
    return view(session, bulk_id)


def work(session: Session, actor: Actor, bulk_id: str) -> bool:
    """Take the next batch back; True when all is undone."""
    row = locked_part(session, actor, bulk_id)
    if row.undone_at is None:
        _take_back(session, actor, row)
    return row.undone_at is not None


def _take_back(session: Session, actor: Actor, row: BulkAction) -> None:
    touched = sorted(row.before)
    batch = touched[row.undo_position : row.undo_position + BATCH]
    if DELETE in row.change:
        _restore_deleted(session, actor, row, batch)
    else:
        _change_back(session, actor, row, batch)
    row.undo_position += len(batch)
    if row.undo_position >= len(touched):
        row.undone_at = clock.now()
    session.add(row)
    session.flush()


def _restore_deleted(session: Session, actor: Actor, row: BulkAction, batch: list[str]) -> None:
    back = restore_many(session, actor, batch)
    row.refused = row.refused | {
        each: "It was restored before, or has gone for good." for each in batch if each not in back
    }


def _change_back(session: Session, actor: Actor, row: BulkAction, batch: list[str]) -> None:
    tickets = session.exec(
        select(Ticket)
        .where(Ticket.organization_id == row.organization_id, col(Ticket.id).in_(batch))
        .order_by(col(Ticket.id))
        .with_for_update()
    ).all()
    gone = set(batch) - {ticket.id for ticket in tickets}
    refused = row.refused | dict.fromkeys(gone, "The ticket was deleted since.")
    for ticket in tickets:
        facts = row.before[ticket.id]
        if ticket.version != facts["versionAfter"]:
            refused[ticket.id] = "Somebody changed this ticket since."
            continue
        if "responseId" in facts:
            if reason := _unsend(session, actor, ticket, facts):
                refused[ticket.id] = reason
            continue
        restore(session, actor, ticket, facts, "a bulk action")
    row.refused = refused


def _unsend(session: Session, actor: Actor, ticket: Ticket, facts: dict[str, Any]) -> str:
    """Take a reply of the bulk action back; return why not, or "" when it is back."""
    before = {k: v for k, v in facts.items() if k not in _OWN}
    try:
        with session.begin_nested():
            undo_send(session, actor, ticket.id, facts["responseId"], before, facts["versionAfter"])
    except TicketDeskError as error:
        return error.message
    return ""


def restore(
    session: Session, actor: Actor, ticket: Ticket, facts: dict[str, Any], what: str = "a macro"
) -> None:
    """Give a locked ticket its facts back and record that `what` was undone."""
    actor.require(UserRole.AGENT)
    now_facts = {name: getattr(ticket, name) for name in (*_SIMPLE, "status")}
    give_back(ticket, {k: v for k, v in facts.items() if k not in _OWN})
    ticket.priority = TicketPriority(facts["priority"])
    ticket.category = facts["category"]
    ticket.tags = facts["tags"]
    if ticket.assigned_to_id != facts["assigned_to_id"]:
        ticket.assigned_to_id = facts["assigned_to_id"]
        ticket.assigned_at = _now_if(ticket.assigned_to_id)
    wire = {"assigned_to_id": "assignedToId"}
    changes = {
        wire.get(name, name): (_plain(before), _plain(getattr(ticket, name)))
        for name, before in now_facts.items()
        if before != getattr(ticket, name)
    }
    events.record(
        session,
        actor,
        ticket,
        TicketActivityType.UPDATED,
        f"undid {what}: " + ", ".join(sorted(changes)),
        changes=changes,
        also_tell=(now_facts["assigned_to_id"],),
    )
    touch(session, ticket)


def _now_if(assignee: str | None) -> datetime | None:
    return clock.now() if assignee else None


def _plain(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else str(value)
