"""Deleting a ticket for good: admins only, its files go through the outbox."""

from sqlmodel import Session, col, select

from ticketdesk import outbox, realtime_events
from ticketdesk.actor import Actor
from ticketdesk.models import TicketAttachment, TicketResponse
from ticketdesk.models.enums import UserRole
from ticketdesk.services import audit
from ticketdesk.services.tickets import access


def delete(session: Session, actor: Actor, reference: str, *, version: int | None = None) -> None:
    """Delete a ticket with its responses, history and files.

    The bytes are deleted by a job once the transaction has committed.

    Raises:
        NotFound: no such ticket.
        Stale: the ticket changed since `version`.
    """
    actor.require(UserRole.ADMIN)
    ticket = access.find(session, actor, reference, lock=True)
    access.require_version(session, ticket, version)
    files = session.exec(
        select(TicketAttachment)
        .outerjoin(TicketResponse, col(TicketResponse.id) == TicketAttachment.response_id)
        .where(
            (col(TicketAttachment.ticket_id) == ticket.id)
            | (col(TicketResponse.ticket_id) == ticket.id)
        )
    ).all()
    keys = {
        key
        for file in files
        for key in (file.storage_key, file.thumbnail_key, file.preview_key)
        if key
    }
    if keys:
        outbox.put(session, ticket.organization_id, "files.delete", {"keys": sorted(keys)})
    audit.record(
        session,
        actor,
        "ticket.deleted",
        subject_id=ticket.id,
        subject_name=f"#{ticket.ticket_number} {ticket.subject}",
    )
    session.delete(ticket)
    session.flush()
    realtime_events.collect(
        session,
        realtime_events.RealtimeEvent(
            "ticket:updated",
            ticket.organization_id,
            ticket.id,
            (f"ticket:{ticket.organization_id}", f"ticket:{ticket.id}"),
            {"changed": ["deleted"]},
        ),
    )
