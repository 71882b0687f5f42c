"""What became of each mail, per recipient; sending again what failed."""

from sqlalchemy import update
from sqlmodel import Session, col, select

from ticketdesk import outbox
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, NotFound
from ticketdesk.models import MailDelivery, OutboxEvent, TicketResponse
from ticketdesk.models.enums import UserRole
from ticketdesk.models.mail import DeliveryState
from ticketdesk.models.wire import Moment, View
from ticketdesk.services.mail import inbound_check
from ticketdesk.services.mail.intake.addresses import deliverable
from ticketdesk.services.mail.notices import announce


class DeliveryView(View):
    """One mail to one recipient."""

    id: str
    ticket_id: str | None
    response_id: str | None
    kind: str
    recipient: str
    state: DeliveryState
    words: str | None
    provider: str
    message_id: str
    created_at: Moment
    updated_at: Moment


def of_ticket(session: Session, actor: Actor, ticket_id: str) -> list[DeliveryView]:
    """All mails of a ticket, oldest first, for agents."""
    actor.require(UserRole.AGENT, writes=False)
    rows = session.exec(
        select(MailDelivery)
        .where(MailDelivery.ticket_id == ticket_id)
        .order_by(col(MailDelivery.created_at), col(MailDelivery.id))
        .limit(500)
    )
    return [DeliveryView.model_validate(row) for row in rows]


def failed(session: Session, actor: Actor) -> list[DeliveryView]:
    """The newest 200 mails that did not leave or came back, for the admin's page."""
    actor.require(UserRole.ADMIN, writes=False)
    rows = session.exec(
        select(MailDelivery)
        .where(col(MailDelivery.state).in_((DeliveryState.FAILED, DeliveryState.BOUNCED)))
        .order_by(col(MailDelivery.created_at).desc())
        .limit(200)
    )
    return [DeliveryView.model_validate(row) for row in rows]


def send_again(session: Session, actor: Actor, response_id: str) -> None:
    """Send the mail of a response again to whom it did not reach.

    What was given up goes back into the outbox under the same Message-ID. What came back, or was
    refused for some of its recipients, leaves anew for these alone; that somebody asks for it
    means that their addresses are worth another try.

    Raises `NotFound`, and `Conflict` when nothing of it failed.
    """
    actor.require(UserRole.AGENT)
    response = session.get(TicketResponse, response_id)
    if response is None:
        raise NotFound("There is no such response.")
    promise = session.exec(
        select(OutboxEvent)
        .where(
            OutboxEvent.subscriber == "mail.ticket_response",
            OutboxEvent.payload["responseId"].astext == response_id,  # type: ignore[index]
        )
        .order_by(col(OutboxEvent.created_at).desc(), col(OutboxEvent.id).desc())
        .limit(1)
    ).first()
    if promise is None or not _again(session, promise.id):
        _anew(session, response)
    response.mail_error = None
    session.add(response)
    session.flush()
    announce(session, actor.organization_id, response.ticket_id)


def _anew(session: Session, response: TicketResponse) -> None:
    rows = session.exec(
        select(MailDelivery)
        .where(MailDelivery.response_id == response.id)
        .order_by(col(MailDelivery.created_at), col(MailDelivery.id))
    )
    latest = {row.recipient: row for row in rows}
    missed = [
        r for r in latest.values() if r.state in (DeliveryState.FAILED, DeliveryState.BOUNCED)
    ]
    if not missed:
        raise Conflict("This mail has not failed; there is nothing to send again.")
    for row in missed:
        deliverable(session, row.recipient)
        row.state, row.words = DeliveryState.QUEUED, None
        session.add(row)
        # One mail each: whoever was in BCC stays unknown to the others.
        payload = {
            "ticketId": response.ticket_id,
            "responseId": response.id,
            "only": row.recipient,
        }
        outbox.put(session, response.organization_id, "mail.ticket_response", payload)


def send_one_again(session: Session, actor: Actor, delivery_id: str) -> None:
    """Send one failed mail again, whatever it is about.

    Raises `NotFound`, and `Conflict`: it has not failed, or its time is over.
    """
    actor.require(UserRole.ADMIN)
    row = session.get(MailDelivery, delivery_id)
    if row is None or row.organization_id != actor.organization_id:
        raise NotFound("There is no such mail.")
    if row.state not in (DeliveryState.FAILED, DeliveryState.BOUNCED):
        raise Conflict("This mail has not failed; there is nothing to send again.")
    if row.response_id:
        send_again(session, actor, row.response_id)
    elif not _again(session, row.outbox_id):
        raise Conflict("This mail came back. Correct the address; it will get the next ones.")
    announce(session, actor.organization_id, row.ticket_id)


def send_all_again(session: Session, actor: Actor) -> int:
    """Put every mail of the organization that was given up back; return how many."""
    actor.require(UserRole.ADMIN)
    ids = session.exec(
        select(OutboxEvent.id).where(
            col(OutboxEvent.failed_at).is_not(None),
            col(OutboxEvent.subscriber).like("mail.%"),
            OutboxEvent.subscriber != inbound_check.SUBSCRIBER,
        )
    ).all()
    return sum(_again(session, outbox_id) for outbox_id in ids)


def _again(session: Session, outbox_id: str) -> bool:
    if not outbox.retry(session, outbox_id):
        return False
    session.execute(
        update(MailDelivery)
        .where(col(MailDelivery.outbox_id) == outbox_id, MailDelivery.state == DeliveryState.FAILED)
        .values(state=DeliveryState.QUEUED, words=None)
    )
    return True
