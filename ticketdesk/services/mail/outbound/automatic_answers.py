"""What the desk answers by itself: to a new ticket, and to whoever writes while nobody works."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.models import MailDelivery, MailMessage, TicketResponse
from ticketdesk.models.enums import ResponseAuthorType
from ticketdesk.models.mail import DeliveryState
from ticketdesk.services import ticket_settings
from ticketdesk.services.sla.calendar import ROUND_THE_CLOCK, Calendar, calendar_of
from ticketdesk.services.sla.spans import SpanKind

KIND = "out_of_hours"
# A conversation at night is told once that it is night.
AGAIN_AFTER = timedelta(hours=12)
_CUSTOMERS = (ResponseAuthorType.CUSTOMER, ResponseAuthorType.EMAIL)


@dataclass(slots=True)
class AutomaticAnswers:
    """The organization's automatic words, and whom they must not reach.

    `machines` are responses that a machine sent; `told` tickets that were told a while ago.
    """

    first: str = ""
    out_of_hours: str = ""
    calendar: Calendar = ROUND_THE_CLOCK
    machines: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)

    def to_new_ticket(self, at: datetime) -> str:
        """What the confirmation of a ticket of this moment says besides its number."""
        if self.out_of_hours and not self._works(at):
            return self.out_of_hours
        return self.first

    def to_message(self, row: TicketResponse) -> str:
        """What a customer's message of this moment is answered, '' for nothing."""
        if row.is_internal or row.author_type not in _CUSTOMERS or not self.out_of_hours:
            return ""
        if row.id in self.machines or row.ticket_id in self.told or self._works(row.created_at):
            return ""
        self.told.add(row.ticket_id)
        return self.out_of_hours

    def _works(self, at: datetime) -> bool:
        if not self.calendar.opens:
            return False
        span = next(iter(self.calendar.spans(at, at + timedelta(minutes=1))), None)
        return span is None or span.kind is SpanKind.COUNTED


def read(
    session: Session,
    organization_id: str,
    responses: dict[str, TicketResponse],
    exempt: set[str],
) -> AutomaticAnswers:
    """The automatic words for a batch; two queries when customers wrote, else none.

    Args:
        exempt: the batch's own outbox ids: a repeat after a crash was not told before.
    """
    settings = ticket_settings.of(session, organization_id)
    chosen = settings.email_config.answers
    found = AutomaticAnswers(first=chosen.first, out_of_hours=chosen.out_of_hours)
    if not chosen.out_of_hours:
        return found
    found.calendar = calendar_of(settings.sla_config.business_hours)
    written = [r for r in responses.values() if r.author_type in _CUSTOMERS]
    if not written:
        return found
    found.machines = set(
        session.exec(
            select(MailMessage.response_id).where(
                col(MailMessage.response_id).in_([r.id for r in written]),
                col(MailMessage.is_automatic),
            )
        )
    )
    found.told = set(
        session.exec(
            select(MailDelivery.ticket_id).where(
                col(MailDelivery.ticket_id).in_({r.ticket_id for r in written}),
                MailDelivery.kind == KIND,
                MailDelivery.state != DeliveryState.SUPPRESSED,
                MailDelivery.created_at > clock.now() - AGAIN_AFTER,
                col(MailDelivery.outbox_id).not_in(exempt),
            )
        )
    )
    return found
