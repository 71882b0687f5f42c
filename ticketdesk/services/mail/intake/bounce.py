"""A delivery report: the response that bounced says so, the address is remembered."""

from collections import defaultdict

from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from ticketdesk import clock, events
from ticketdesk.actor import Actor
from ticketdesk.models import MailDelivery, MailMessage, Ticket, TicketResponse
from ticketdesk.models.enums import TicketActivityType
from ticketdesk.models.mail import DeliveryState
from ticketdesk.services.mail.inbound.bounces import Bounce
from ticketdesk.services.mail.intake.addresses import undeliverable


def take_bounce(session: Session, actor: Actor, mail: MailMessage, bounce: Bounce) -> None:
    """Mark deliveries, response and address; opens no ticket and changes no status."""
    deliveries = _deliveries(session, mail, bounce)
    words = bounce.words or "The mail came back without saying why."
    for delivery in deliveries:
        delivery.state = DeliveryState.BOUNCED if bounce.permanent else delivery.state
        delivery.words, delivery.updated_at = words, clock.now()
        session.add(delivery)
    failed = {d.recipient for d in deliveries} or set(bounce.recipients)
    if bounce.permanent:
        for email in _own_mail(session, deliveries):
            undeliverable(session, mail.organization_id, email, words)
    response_id = next((d.response_id for d in deliveries if d.response_id), None)
    ticket_id = next((d.ticket_id for d in deliveries if d.ticket_id), mail.ticket_id)
    mail.response_id, mail.ticket_id = response_id, ticket_id
    if response_id:
        session.execute(
            update(TicketResponse)
            .where(col(TicketResponse.id) == response_id)
            .values(mail_error=words[:500])
        )
    ticket = session.get(Ticket, ticket_id) if ticket_id else None
    if ticket is not None:
        events.record(
            session,
            actor,
            ticket,
            TicketActivityType.MAIL_FAILED,
            f"got a mail to {', '.join(sorted(failed)) or 'somebody'} back: {words[:200]}",
            response_id=response_id,
        )


def _own_mail(session: Session, deliveries: list[MailDelivery]) -> set[str]:
    """Addresses whose mail this was: those it went to alone, and the requester of its ticket.

    A report can be written by whoever has seen the mail. Nobody else had, or the ticket is theirs:
    so opening a ticket with somebody in copy is no way to cut them off from their own mail.
    """
    if not deliveries:
        return set()
    same = select(MailDelivery.outbox_id, MailDelivery.recipient).where(
        col(MailDelivery.outbox_id).in_({d.outbox_id for d in deliveries})
    )
    readers: dict[str, set[str]] = defaultdict(set)
    for outbox_id, recipient in session.exec(same):
        readers[outbox_id].add(recipient)
    tickets = select(Ticket.id, Ticket.requester_email).where(
        col(Ticket.id).in_({d.ticket_id for d in deliveries if d.ticket_id})
    )
    requesters = dict(session.exec(tickets).all())
    return {
        d.recipient
        for d in deliveries
        if readers[d.outbox_id] == {d.recipient} or requesters.get(d.ticket_id) == d.recipient
    }


def _deliveries(session: Session, mail: MailMessage, bounce: Bounce) -> list[MailDelivery]:
    """The mails that bounced: by the Message-ID returned, else the ticket's last to the address."""
    if bounce.original_ids:
        ids = bounce.original_ids
        found = session.exec(
            select(MailDelivery).where(
                or_(
                    col(MailDelivery.message_id).in_(ids),
                    col(MailDelivery.provider_message_id).in_(ids),
                )
            )
        ).all()
        named = [d for d in found if d.recipient in bounce.recipients]
        if found:
            return named or list(found[:1] if len(found) == 1 else [])
    if mail.ticket_id and bounce.recipients:
        query = select(MailDelivery).where(
            MailDelivery.ticket_id == mail.ticket_id,
            col(MailDelivery.recipient).in_(bounce.recipients),
            MailDelivery.state != DeliveryState.SUPPRESSED,
        )
        last = session.exec(query.order_by(col(MailDelivery.created_at).desc()).limit(1)).first()
        return [last] if last else []
    return []
