"""How many automatic mails an address and a ticket get (semantics.md, Email in)."""

from datetime import timedelta

from sqlmodel import Session, col, func, select

from ticketdesk import clock
from ticketdesk.models import MailDelivery
from ticketdesk.models.mail import DeliveryState

PER_ADDRESS = 5
PER_TICKET = 3
WINDOW = timedelta(hours=1)


class Caps:
    """Counts of the last hour for one batch; `take` also counts what the batch itself sends.

    `exempt` are the batch's own outbox ids: a repeat after a crash is no new mail.
    """

    def __init__(
        self, session: Session, emails: set[str], ticket_ids: set[str], exempt: set[str]
    ) -> None:
        self._by_address = _counts(session, MailDelivery.recipient, emails, exempt)
        self._by_ticket = _counts(session, MailDelivery.ticket_id, ticket_ids, exempt)

    def take(self, email: str, ticket_id: str) -> str:
        """Count one automatic mail; the reason in words when it must not leave, else empty."""
        if self._by_address.get(email, 0) >= PER_ADDRESS:
            return f"{email} has had {PER_ADDRESS} automatic mails within an hour"
        if self._by_ticket.get(ticket_id, 0) >= PER_TICKET:
            return f"the ticket has sent {PER_TICKET} automatic mails within an hour"
        self._by_address[email] = self._by_address.get(email, 0) + 1
        self._by_ticket[ticket_id] = self._by_ticket.get(ticket_id, 0) + 1
        return ""


def _counts(session: Session, column: object, keys: set[str], exempt: set[str]) -> dict[str, int]:
    if not keys:
        return {}
    rows = session.exec(
        select(column, func.count())  # type: ignore[call-overload]
        .where(
            col(column).in_(keys),
            col(MailDelivery.is_automatic),
            MailDelivery.state != DeliveryState.SUPPRESSED,
            MailDelivery.created_at > clock.now() - WINDOW,
            col(MailDelivery.outbox_id).not_in(exempt),
        )
        .group_by(column)
    )
    return dict(rows.all())
