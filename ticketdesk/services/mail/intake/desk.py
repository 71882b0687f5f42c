"""The pipeline's questions, answered from the database of one organization."""

from datetime import timedelta

from sqlmodel import Session, col, or_, select

from ticketdesk import clock
from ticketdesk.models import MailDelivery, MailMessage, Ticket, User
from ticketdesk.models.enums import UserRole
from ticketdesk.models.status import FINAL
from ticketdesk.services import ticket_settings
from ticketdesk.services.mail.desk import mail_desk, signer_of
from ticketdesk.services.mail.inbound.desk import TicketFacts

_MERGES = 20


class DeskOfOrganization:
    """`inbound.desk.Desk` over a tenant's session."""

    def __init__(self, session: Session, organization_id: str) -> None:
        self._session = session
        self._days = ticket_settings.of(session, organization_id).reopen_window_days
        view = mail_desk(session, organization_id)
        self.signer = signer_of(organization_id)
        self.own_addresses = frozenset({view.from_email, view.reply_to_email})

    def ticket(self, number: int) -> TicketFacts | None:
        """The ticket of this number, or the one it was merged into."""
        if number > 2_147_483_647:
            return None
        row = self._session.exec(select(Ticket).where(Ticket.ticket_number == number)).first()
        for _ in range(_MERGES):
            if row is None or row.merged_into_id is None:
                break
            row = self._session.get(Ticket, row.merged_into_id)
        return self._facts(row) if row else None

    def ticket_of_message(self, message_id: str) -> int | None:
        """The ticket of a mail we sent (also under a provider's Message-ID) or received."""
        sent = select(MailDelivery.ticket_id).where(
            or_(
                MailDelivery.message_id == message_id,
                MailDelivery.provider_message_id == message_id,
            )
        )
        received = select(MailMessage.ticket_id).where(MailMessage.identity == message_id)
        for query in (sent, received):
            ticket_id = self._session.exec(query.limit(1)).first()
            row = self._session.get(Ticket, ticket_id) if ticket_id else None
            if row is not None:
                return row.ticket_number
        return None

    def is_known(self, message_id: str, digest: str) -> bool:
        """False: whoever comes this far holds the only row with this identity (see `keep`)."""
        return False

    def is_agent(self, email: str) -> bool:
        """Whether an active agent or admin has this address."""
        staff = (UserRole.AGENT, UserRole.ADMIN)
        query = select(User.id).where(
            User.email == email, col(User.role).in_(staff), col(User.is_active)
        )
        return self._session.exec(query).first() is not None

    def _facts(self, row: Ticket) -> TicketFacts:
        is_closed = row.status in FINAL
        return TicketFacts(
            number=row.ticket_number,
            subject=row.subject,
            requester=row.requester_email,
            cc=frozenset(row.cc),
            is_closed=is_closed,
            reopens=not is_closed or self._reopens(row),
        )

    def _reopens(self, row: Ticket) -> bool:
        """The organization's choice (semantics.md, Status): never, always, or for some days."""
        if self._days is None:
            return False
        ended = row.closed_at or row.updated_at
        return self._days == 0 or clock.now() - ended <= timedelta(days=self._days)
