"""A delivery report: the response that bounced says so, the address is remembered."""

from collections import Counter

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
    returned = _returned(session, bounce)
    deliveries = returned or _likely(session, mail, bounce)
    words = bounce.words or "The mail came back without saying why."
    for delivery in deliveries:
        delivery.state = DeliveryState.BOUNCED if bounce.permanent else delivery.state
        delivery.words, delivery.updated_at = words, clock.now()
        session.add(delivery)
    failed = {d.recipient for d in deliveries} or set(bounce.recipients)
    if bounce.permanent:
        for email in _sole_readers(session, returned):
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


def _sole_readers(session: Session, returned: list[MailDelivery]) -> set[str]:
    """Addresses that a returned mail went to alone: only they, or what serves them, had its id.

    A report can be written by whoever has read the mail, and all of them know its Message-ID and
    where its bounces go. So one in copy cannot cut the requester off, nor the other way round.
    """
    shared = select(MailDelivery.outbox_id).where(
        col(MailDelivery.outbox_id).in_({d.outbox_id for d in returned})
    )
    counts = Counter(session.exec(shared).all())
    return {d.recipient for d in returned if counts[d.outbox_id] == 1}


def _returned(session: Session, bounce: Bounce) -> list[MailDelivery]:
    """The mails of ours whose Message-ID the report brings back, to the addresses it names."""
    if not bounce.original_ids:
        return []
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
    # A mail to one reader may come back from where it was forwarded to.
    return named or list(found if len(found) == 1 else [])


def _likely(session: Session, mail: MailMessage, bounce: Bounce) -> list[MailDelivery]:
    """Without the mail itself: the ticket's last one to an address; agents are told, no more."""
    if not mail.ticket_id or not bounce.recipients:
        return []
    query = select(MailDelivery).where(
        MailDelivery.ticket_id == mail.ticket_id,
        col(MailDelivery.recipient).in_(bounce.recipients),
        MailDelivery.state != DeliveryState.SUPPRESSED,
    )
    last = session.exec(query.order_by(col(MailDelivery.created_at).desc()).limit(1)).first()
    return [last] if last else []
