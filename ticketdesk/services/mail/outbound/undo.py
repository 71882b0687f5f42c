"""Undo: a reply that has not left yet is taken back, its words return to the composer."""

from sqlmodel import Session, col, select

from ticketdesk import events, outbox
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, NotFound
from ticketdesk.models import OutboxEvent, Ticket, TicketActivity, TicketResponse
from ticketdesk.models.enums import ContentFormat, TicketActivityType, UserRole
from ticketdesk.models.wire import View
from ticketdesk.services.sla.refresh import refresh
from ticketdesk.services.tickets.touch import touch


class TakenBack(View):
    """What the composer gets back."""

    content: str
    content_format: ContentFormat
    cc: list[str]
    bcc: list[str]


def take_back(session: Session, actor: Actor, response_id: str) -> TakenBack:
    """Remove an agent's own reply within the undo window; its mail never leaves.

    Raises:
        NotFound: no such reply of this agent.
        Conflict: the mail has left, or is about to.
    """
    actor.require(UserRole.AGENT)
    response = session.exec(
        select(TicketResponse).where(TicketResponse.id == response_id).with_for_update()
    ).first()
    if response is None or response.author_id != actor.user_id or response.is_internal:
        raise NotFound("There is no such reply of yours.")
    promise = session.exec(
        select(OutboxEvent.id).where(
            OutboxEvent.subscriber == "mail.ticket_response",
            OutboxEvent.payload["responseId"].astext == response_id,  # type: ignore[index]
        )
    ).first()
    if promise is None or not outbox.cancel(session, promise):
        raise Conflict("It is too late: the mail has left.", code="too_late")
    ticket = session.exec(
        select(Ticket).where(Ticket.id == response.ticket_id).with_for_update()
    ).one()
    found = TakenBack(
        content=response.content,
        content_format=response.content_format,
        cc=response.cc,
        bcc=response.bcc,
    )
    if ticket.first_response_at == response.created_at:
        ticket.first_response_at = None
        refresh(session, ticket)
    _forget(session, response)
    events.record(
        session, actor, ticket, TicketActivityType.UPDATED, "took a reply back before it left"
    )
    touch(session, ticket)
    return found


def _forget(session: Session, response: TicketResponse) -> None:
    """The history keeps that somebody replied, and that it was taken back; not the words."""
    rows = session.exec(
        select(TicketActivity).where(col(TicketActivity.response_id) == response.id)
    )
    for activity in rows:
        activity.response_id = None
        activity.is_public = False
        session.add(activity)
    session.flush()
    session.delete(response)
    session.flush()
