"""Everything about a ticket's mail: what came in and why it is here, what left and how it fared."""

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import MailMessage
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import View
from ticketdesk.services.mail.intake.views import MailView
from ticketdesk.services.mail.outbound import deliveries
from ticketdesk.services.mail.outbound.deliveries import DeliveryView
from ticketdesk.services.tickets import access

MOST = 500


class TicketMail(View):
    """Incoming messages (held ones among them) and deliveries, each oldest first."""

    messages: list[MailView]
    deliveries: list[DeliveryView]


def of_ticket(session: Session, actor: Actor, reference: str) -> TicketMail:
    """The mail of a ticket, for agents. Raises `NotFound`."""
    actor.require(UserRole.AGENT, writes=False)
    ticket = access.find(session, actor, reference)
    rows = session.exec(
        select(MailMessage)
        .where(MailMessage.ticket_id == ticket.id)
        .order_by(col(MailMessage.created_at), col(MailMessage.id))
        .limit(MOST)
    )
    return TicketMail(
        messages=[MailView.model_validate(row) for row in rows],
        deliveries=deliveries.of_ticket(session, actor, ticket.id),
    )
