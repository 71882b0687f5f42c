"""Undoing a merge exactly, while nothing later depends on it."""

from typing import Any

from sqlmodel import Session, col, select

from ticketdesk import clock, events
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, NotFound
from ticketdesk.models import Ticket, TicketAttachment, TicketMerge, TicketResponse
from ticketdesk.models.enums import TicketActivityType, UserRole
from ticketdesk.services.sla.refresh import refresh
from ticketdesk.services.tickets import access
from ticketdesk.services.tickets.merge import MergeView, view
from ticketdesk.services.tickets.snapshot import give_back
from ticketdesk.services.tickets.touch import touch

_CANNOT = "This merge can no longer be undone: "


def undo_merge(session: Session, actor: Actor, reference: str, merge_id: str) -> MergeView:
    """Give every source ticket back what it was, and the target what it had.

    What was written on the target after the merge stays there.

    Raises:
        NotFound: no such merge of this ticket.
        Conflict: it was undone, or something later depends on it; says what.
    """
    actor.require(UserRole.AGENT)
    row = session.exec(
        select(TicketMerge)
        .where(TicketMerge.organization_id == actor.organization_id, TicketMerge.id == merge_id)
        .with_for_update()
    ).first()
    if row is None or access.find(session, actor, reference).id != row.target_id:
        raise NotFound("There is no such merge.")
    if row.undone_at:
        raise Conflict("This merge was undone already.")
    tickets = _locked(session, row)
    target = tickets[row.target_id]
    _require_undoable(session, row, tickets)
    for source in row.sources:
        _put_back(session, actor, tickets[source["ticketId"]], source)
    _restore_target(session, target, row)
    row.undone_at = clock.now()
    session.add(row)
    events.record(
        session,
        actor,
        target,
        TicketActivityType.MERGE_UNDONE,
        "undid a merge",
        changes={"mergedFrom": ([source["ticketId"] for source in row.sources], None)},
    )
    touch(session, target)
    return view(row)


def _locked(session: Session, row: TicketMerge) -> dict[str, Ticket]:
    ids = sorted([row.target_id, *(source["ticketId"] for source in row.sources)])
    found = session.exec(
        select(Ticket)
        .where(col(Ticket.id).in_(ids))
        .order_by(col(Ticket.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if len(found) < len(ids):
        raise Conflict(_CANNOT + "one of the tickets was deleted.")
    return {ticket.id: ticket for ticket in found}


def _require_undoable(session: Session, row: TicketMerge, tickets: dict[str, Ticket]) -> None:
    target = tickets[row.target_id]
    if target.merged_into_id:
        raise Conflict(_CANNOT + "the ticket was merged into another one since.")
    later = session.exec(
        select(TicketMerge.id).where(
            TicketMerge.target_id == row.target_id,
            col(TicketMerge.id) > row.id,
            col(TicketMerge.undone_at).is_(None),
        )
    ).first()
    if later:
        raise Conflict(_CANNOT + "undo the later merge into this ticket first.")
    for source in row.sources:
        ticket = tickets[source["ticketId"]]
        if ticket.version != source["versionAfter"]:
            raise Conflict(_CANNOT + f"ticket #{ticket.ticket_number} was changed since.")
        moved = [*source["responses"], source["openingId"]]
        _require_still_there(session, row.target_id, moved)


def _require_still_there(session: Session, target_id: str, response_ids: list[str]) -> None:
    present = session.exec(
        select(TicketResponse.id).where(
            col(TicketResponse.id).in_(response_ids), TicketResponse.ticket_id == target_id
        )
    ).all()
    if len(present) != len(response_ids):
        raise Conflict(_CANNOT + "some of its messages were split off or deleted since.")


def _put_back(session: Session, actor: Actor, ticket: Ticket, source: dict[str, Any]) -> None:
    files = session.exec(
        select(TicketAttachment).where(col(TicketAttachment.id).in_(list(source["attachments"])))
    )
    for file in files:
        file.ticket_id = ticket.id
        file.response_id = source["attachments"][file.id]
        session.add(file)
    rows = session.exec(
        select(TicketResponse).where(col(TicketResponse.id).in_(list(source["responses"])))
    )
    for row in rows:
        row.ticket_id = ticket.id
        row.origin_ticket_id = source["responses"][row.id]
        session.add(row)
    session.flush()
    session.delete(session.get_one(TicketResponse, source["openingId"]))
    after = str(ticket.status)
    give_back(ticket, source["before"])
    events.record(
        session,
        actor,
        ticket,
        TicketActivityType.MERGE_UNDONE,
        "took this ticket out of the merge again",
        changes={"status": (after, str(ticket.status))},
    )
    touch(session, ticket)


def _restore_target(session: Session, target: Ticket, row: TicketMerge) -> None:
    """Take away what the merge added; what came later stays."""
    before = row.target_before
    came = {email for source in row.sources for email in _people(session, source)}
    target.cc = [p for p in target.cc if p in before["cc"] or p not in came]
    chats = {c for source in row.sources for c in _chats(session, source)}
    target.linked_chat_ids = [
        c for c in target.linked_chat_ids if c in before["linked_chat_ids"] or c not in chats
    ]
    newest = session.exec(
        select(TicketResponse.created_at)
        .where(TicketResponse.ticket_id == target.id)
        .order_by(col(TicketResponse.created_at).desc())
        .limit(1)
    ).first()
    give_back(target, before, {"last_message_at"})
    if newest and newest > target.last_message_at:
        target.last_message_at = newest
    if before["first_response_at"] is None and not _answered_since(session, target):
        target.first_response_at = None
    untouched = str(target.status) == before["status"]
    give_back(target, before, _CLOCKS if untouched else set())
    if not untouched:
        refresh(session, target)


_CLOCKS = {
    "first_response_sla", "resolution_sla", "sla_due_at", "sla_warn_at", "next_sla_event_at",
    "sla_state",
}  # fmt: skip


def _answered_since(session: Session, target: Ticket) -> bool:
    return (
        session.exec(
            select(TicketResponse.id).where(
                TicketResponse.ticket_id == target.id,
                TicketResponse.author_type == "AGENT",
                ~col(TicketResponse.is_internal),
            )
        ).first()
        is not None
    )


def _people(session: Session, source: dict[str, Any]) -> list[str]:
    ticket = session.get_one(Ticket, source["ticketId"])
    return [*source["before"]["cc"], ticket.requester_email]


def _chats(session: Session, source: dict[str, Any]) -> list[str]:
    ticket = session.get_one(Ticket, source["ticketId"])
    origin = [ticket.origin_chat_id] if ticket.origin_chat_id else []
    return [*source["before"]["linked_chat_ids"], *origin]
