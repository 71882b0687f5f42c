"""News of providers → the state of deliveries, responses and addresses."""

from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from ticketdesk import clock, events
from ticketdesk.actor import Actor
from ticketdesk.adapters.email.events.news import Fate, News
from ticketdesk.models import MailDelivery, Ticket, TicketResponse
from ticketdesk.models.enums import TicketActivityType
from ticketdesk.models.mail import DeliveryState
from ticketdesk.services.mail.intake.addresses import undeliverable
from ticketdesk.services.mail.notices import announce


def take_news(session: Session, actor: Actor, news: list[News]) -> int:
    """Note what became of mails; news of unknown mails is dropped. Returns how many were known.

    Told twice changes nothing twice; a bounce after a delivery counts, not the other way round.
    """
    return sum(_take(session, actor, one) for one in news)


def _take(session: Session, actor: Actor, one: News) -> bool:
    delivery = _delivery(session, one)
    if delivery is None:
        return False
    if one.fate is Fate.BOUNCED:
        if delivery.state != DeliveryState.BOUNCED:
            _bounced(session, actor, delivery, one)
    elif delivery.state == DeliveryState.SENT:
        if one.fate is Fate.DELIVERED:
            delivery.state = DeliveryState.DELIVERED
        delivery.words, delivery.updated_at = one.words[:500] or None, clock.now()
        session.add(delivery)
        announce(session, delivery.organization_id, delivery.ticket_id)
    session.flush()
    return True


def _delivery(session: Session, one: News) -> MailDelivery | None:
    """By our Message-ID or the provider's; SES tells the bare part of the one it put in."""
    if not one.message_id:
        return None
    known = col(MailDelivery.provider_message_id)
    query = select(MailDelivery).where(
        MailDelivery.recipient == one.recipient,
        or_(
            MailDelivery.message_id == one.message_id,
            known == one.message_id,
            known.like(f"<{_literal(one.message_id)}@%"),
        ),
    )
    return session.exec(query.with_for_update()).first()


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _bounced(session: Session, actor: Actor, delivery: MailDelivery, one: News) -> None:
    words = one.words or "The provider says it bounced."
    delivery.state, delivery.words = DeliveryState.BOUNCED, words[:500]
    delivery.updated_at = clock.now()
    session.add(delivery)
    undeliverable(session, delivery.organization_id, delivery.recipient, words)
    if delivery.response_id:
        session.execute(
            update(TicketResponse)
            .where(col(TicketResponse.id) == delivery.response_id)
            .values(mail_error=words[:500])
        )
    ticket = session.get(Ticket, delivery.ticket_id) if delivery.ticket_id else None
    if ticket is not None:
        events.record(
            session,
            actor,
            ticket,
            TicketActivityType.MAIL_FAILED,
            f"got a mail to {delivery.recipient} back: {words[:200]}",
            response_id=delivery.response_id,
        )
