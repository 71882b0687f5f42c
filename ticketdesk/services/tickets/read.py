"""Reading one ticket: the ticket, its messages, its history."""

from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.ids import new_id
from ticketdesk.models import TicketActivity, TicketAttachment, TicketRead, TicketResponse
from ticketdesk.models.enums import UserRole
from ticketdesk.services.files.access import shown_to
from ticketdesk.services.paging import Page, after_cursor, page_of
from ticketdesk.services.tickets import access
from ticketdesk.services.tickets.views import (
    ActivityView,
    AttachmentView,
    ResponseView,
    TicketView,
    activity_view,
    attachment_view,
    response_view,
    ticket_view,
)


def get(session: Session, actor: Actor, reference: str) -> TicketView:
    """Return a ticket by identifier or number.

    Raises:
        NotFound: no such ticket for this caller.
    """
    actor.require(UserRole.CUSTOMER, writes=False)
    return ticket_view(access.find(session, actor, reference), actor)


def responses(
    session: Session, actor: Actor, reference: str, *, cursor: str | None = None, limit: int = 100
) -> Page[ResponseView]:
    """Return messages, oldest first, without the internal ones for a customer."""
    actor.require(UserRole.CUSTOMER, writes=False)
    ticket = access.find(session, actor, reference)
    query = select(TicketResponse).where(TicketResponse.ticket_id == ticket.id)
    if not actor.is_staff:
        query = query.where(~col(TicketResponse.is_internal))
    query = after_cursor(query, TicketResponse, cursor)
    page = page_of(session, query, TicketResponse, limit)
    files = _files(session, actor, [row.id for row in page.items])
    return page.map(lambda row: response_view(row, files.get(row.id, []), actor))


def activities(
    session: Session, actor: Actor, reference: str, *, cursor: str | None = None, limit: int = 100
) -> Page[ActivityView]:
    """Return history, oldest first; a customer sees the public part only."""
    actor.require(UserRole.CUSTOMER, writes=False)
    ticket = access.find(session, actor, reference)
    query = select(TicketActivity).where(TicketActivity.ticket_id == ticket.id)
    if not actor.is_staff:
        query = query.where(
            col(TicketActivity.is_public), TicketActivity.performed_by_kind != "RULE"
        )
    query = after_cursor(query, TicketActivity, cursor)
    page = page_of(session, query, TicketActivity, limit)
    return page.map(activity_view if actor.is_staff else _public_activity)


def attachments(session: Session, actor: Actor, reference: str) -> list[AttachmentView]:
    """Return the files of a ticket and of the messages the caller may see, oldest first."""
    actor.require(UserRole.CUSTOMER, writes=False)
    ticket = access.find(session, actor, reference)
    query = (
        select(TicketAttachment)
        .outerjoin(TicketResponse, col(TicketResponse.id) == TicketAttachment.response_id)
        .where(TicketAttachment.ticket_id == ticket.id, shown_to(actor))
    )
    if not actor.is_staff:
        query = query.where(
            col(TicketAttachment.response_id).is_(None) | ~col(TicketResponse.is_internal)
        )
    ordered = query.order_by(col(TicketAttachment.created_at), col(TicketAttachment.id)).limit(500)
    return [attachment_view(row) for row in session.exec(ordered)]


def mark_read(session: Session, actor: Actor, reference: str) -> None:
    """Remember that this agent has seen the ticket up to now."""
    actor.require(UserRole.AGENT, writes=False)
    ticket = access.find(session, actor, reference)
    if actor.user_id is None:
        return
    known = session.exec(
        select(TicketRead)
        .where(TicketRead.user_id == actor.user_id, TicketRead.ticket_id == ticket.id)
        .with_for_update()
    ).first()
    row = known or TicketRead(
        id=new_id("read"),
        organization_id=actor.organization_id,
        user_id=actor.user_id,
        ticket_id=ticket.id,
    )
    row.read_at = clock.now()
    session.add(row)
    session.flush()


def _public_activity(row: TicketActivity) -> ActivityView:
    """A customer learns that something happened and to which status, and no names of fields."""
    status = {key: value for key, value in row.changes.items() if key == "status"}
    return activity_view(row).model_copy(update={"changes": status, "performed_by_id": None})


def _files(
    session: Session, actor: Actor, response_ids: list[str]
) -> dict[str, list[TicketAttachment]]:
    if not response_ids:
        return {}
    rows = session.exec(
        select(TicketAttachment)
        .where(col(TicketAttachment.response_id).in_(response_ids), shown_to(actor))
        .order_by(col(TicketAttachment.created_at), col(TicketAttachment.id))
    )
    grouped: dict[str, list[TicketAttachment]] = {}
    for row in rows:
        grouped.setdefault(row.response_id or "", []).append(row)
    return grouped
