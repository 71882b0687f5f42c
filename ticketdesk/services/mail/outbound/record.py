"""What handing over came to, written down with the end of its promise in one transaction."""

from sqlalchemy import update
from sqlmodel import Session, col

from ticketdesk import clock, events, outbox
from ticketdesk.actor import Actor
from ticketdesk.models import MailDelivery, Ticket, TicketResponse
from ticketdesk.models.enums import TicketActivityType
from ticketdesk.models.mail import DeliveryState
from ticketdesk.services.mail.notices import announce, tell_asker
from ticketdesk.services.mail.outbound.prepared import Sent


def record(session: Session, actor: Actor, results: list[Sent]) -> None:
    """Keep, postpone or fail the promises; after a lapsed lease its new holder tells."""
    for result in results:
        promise = result.prepared.promise
        if result.postponed:
            outbox.release(session, promise)
        elif result.delivery is not None:
            if outbox.finish(session, promise):
                _sent(session, actor, result)
        elif result.prepared.mail is None:
            outbox.finish(session, promise)
        else:
            over = outbox.fail(session, promise, result.words, final=result.permanent)
            _failed(session, actor, result, over=over)
        tell_asker(session, actor.organization_id, promise.payload.get("askedBy"))


def _sent(session: Session, actor: Actor, result: Sent) -> None:
    prepared, delivery = result.prepared, result.delivery
    if delivery is None or prepared.mail is None:
        return
    ours = prepared.mail.message_id
    values = {
        "state": DeliveryState.SENT,
        "provider": delivery.provider,
        "provider_message_id": delivery.provider_id if delivery.provider_id != ours else None,
        "words": None,
        "updated_at": clock.now(),
    }
    rows = update(MailDelivery).where(
        col(MailDelivery.outbox_id) == prepared.promise.id,
        col(MailDelivery.state).in_((DeliveryState.QUEUED, DeliveryState.FAILED)),
    )
    session.execute(rows.values(values))
    for recipient, words in delivery.refused.items():
        refused = update(MailDelivery).where(
            col(MailDelivery.outbox_id) == prepared.promise.id,
            col(MailDelivery.recipient) == recipient,
        )
        session.execute(refused.values(state=DeliveryState.FAILED, words=words[:500]))
    if prepared.response_id:
        words = "; ".join(f"{to}: {said}" for to, said in delivery.refused.items())[:500]
        session.execute(
            update(TicketResponse)
            .where(col(TicketResponse.id) == prepared.response_id)
            .values(is_email_sent=True, mail_error=words or None)
        )
    announce(session, actor.organization_id, prepared.ticket_id)


def _failed(session: Session, actor: Actor, result: Sent, *, over: bool) -> None:
    prepared = result.prepared
    session.execute(
        update(MailDelivery)
        .where(
            col(MailDelivery.outbox_id) == prepared.promise.id,
            # After a lapsed lease somebody else may have sent it meanwhile.
            col(MailDelivery.state).in_((DeliveryState.QUEUED, DeliveryState.FAILED)),
        )
        .values(
            state=DeliveryState.FAILED if over else DeliveryState.QUEUED,
            words=result.words[:500],
            provider=result.provider,
            updated_at=clock.now(),
        )
    )
    if not over:
        announce(session, actor.organization_id, prepared.ticket_id)
        return
    if prepared.response_id:
        session.execute(
            update(TicketResponse)
            .where(col(TicketResponse.id) == prepared.response_id)
            .values(mail_error=result.words[:500])
        )
    ticket = session.get(Ticket, prepared.ticket_id) if prepared.ticket_id else None
    if ticket is not None:
        events.record(
            session,
            actor,
            ticket,
            TicketActivityType.MAIL_FAILED,
            f"could not send a mail: {result.words[:200]}",
            response_id=prepared.response_id,
        )
