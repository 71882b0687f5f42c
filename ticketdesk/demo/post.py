"""The mail of the demo: where messages came from, how answers fared, what waits and what failed."""

from datetime import timedelta

from sqlmodel import SQLModel

from ticketdesk.demo.desk import Desk
from ticketdesk.demo.identifiers import Identifiers
from ticketdesk.models import (
    MailDelivery,
    MailMessage,
    MailOriginal,
    Satisfaction,
    Survey,
    Ticket,
    TicketResponse,
)
from ticketdesk.models.enums import ResponseAuthorType, TicketSource
from ticketdesk.models.mail import DeliveryState, MailState
from ticketdesk.models.status import ACTIVE

_OURS = "support@acme.example"
_STRANGER = ("Tom Becker", "tom.becker@customer.example")
_WAITS = (
    "Hello,\n\nI took this over from my colleague and have the same problem at our second site.\n"
    "Could you keep me in the loop?\n\nTom"
)
_COMMENTS = ("Quick and friendly.", "", "Solved, but it took a while.", "", "Thank you!")


class Post:
    """Writes the rows of an organization's mail; identifiers of its own leave others alone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ids = Identifiers(seed=7001)
        self.messages: list[SQLModel] = []
        self.originals: list[SQLModel] = []
        self.deliveries: list[SQLModel] = []
        self.surveys: list[SQLModel] = []

    def write(self) -> "Post":
        """Write everything; rows refer to tickets and responses, and originals to messages."""
        by_id = {ticket.id: ticket for ticket in self._desk.tickets}
        for ticket in self._desk.tickets:
            if ticket.source == TicketSource.EMAIL:
                self._opened(ticket)
        for row in self._desk.responses:
            if row.author_type == ResponseAuthorType.EMAIL:
                self._answered(by_id[row.ticket_id], row)
            elif row.author_type == ResponseAuthorType.AGENT and not row.is_internal:
                self._sent(by_id[row.ticket_id], row)
        self._waiting()
        self._failed()
        self._rated()
        return self

    def _opened(self, ticket: Ticket) -> None:
        why = ["No header leads to a ticket: a new one."]
        sender = (ticket.requester_name, ticket.requester_email)
        mail = self._came(ticket, sender, ticket.subject, ticket.description_text, why)
        mail.state = MailState.CREATED

    def _answered(self, ticket: Ticket, row: TicketResponse) -> None:
        why = [f"Matched: In-Reply-To names our signed Message-ID of #{ticket.ticket_number}."]
        sender = (row.author_name, row.author_email or ticket.requester_email)
        mail = self._came(ticket, sender, f"Re: {ticket.subject}", row.content_text, why)
        mail.created_at = mail.judged_at = row.created_at
        mail.state, mail.response_id = MailState.APPENDED, row.id

    def _sent(self, ticket: Ticket, row: TicketResponse) -> None:
        at = min(row.created_at + timedelta(seconds=12), self._desk.timetable.now)
        for recipient in (ticket.requester_email, *row.cc):
            outbox_id = self._ids.new("out", at)
            self.deliveries.append(
                MailDelivery(
                    id=self._ids.new("delivery", at),
                    created_at=at,
                    updated_at=at,
                    organization_id=row.organization_id,
                    outbox_id=outbox_id,
                    ticket_id=ticket.id,
                    response_id=row.id,
                    kind="response",
                    recipient=recipient,
                    message_id=f"<{outbox_id}@acme.example>",
                    provider="console",
                    state=DeliveryState.SENT,
                )
            )

    def _waiting(self) -> None:
        open_ones = [
            ticket
            for ticket in self._desk.tickets
            if ticket.source == TicketSource.EMAIL and ticket.status in ACTIVE
        ]
        if not open_ones:
            return
        ticket = open_ones[-1]
        why = [
            f"Matched: In-Reply-To names our signed Message-ID of #{ticket.ticket_number}.",
            f"Held: {_STRANGER[1]} is not part of ticket #{ticket.ticket_number}.",
        ]
        mail = self._came(ticket, _STRANGER, f"Re: {ticket.subject}", _WAITS, why)
        mail.created_at = min(
            ticket.last_message_at + timedelta(minutes=20), self._desk.timetable.now
        )
        mail.judged_at, mail.state = mail.created_at, MailState.HELD
        mail.body = {"envelopeTo": [_OURS], "text": _WAITS}

    def _failed(self) -> None:
        why = ["It names no sender."]
        mail = self._came(None, ("", ""), "Scan from printer 4", "(no text)", why)
        mail.state, mail.error = MailState.FAILED, why[0]

    def _rated(self) -> None:
        done = [ticket for ticket in self._desk.tickets if ticket.resolved_at]
        for count, ticket in enumerate(done[::3]):
            at = min(ticket.resolved_at + timedelta(hours=26), self._desk.timetable.now)  # type: ignore[operator]
            self.surveys.append(
                Survey(
                    id=self._ids.new("survey", at),
                    created_at=at,
                    organization_id=ticket.organization_id,
                    ticket_id=ticket.id,
                    recipient=ticket.requester_email,
                    rating=Satisfaction.BAD if count % 7 == 6 else Satisfaction.GOOD,
                    comment=_COMMENTS[count % len(_COMMENTS)],
                    rated_at=at,
                )
            )

    def _came(
        self,
        ticket: Ticket | None,
        sender: tuple[str, str],
        subject: str,
        words: str,
        why: list[str],
    ) -> MailMessage:
        at = ticket.created_at if ticket else self._desk.timetable.now - timedelta(hours=5)
        mail_id = self._ids.new("mail", at)
        message_id = f"<{mail_id}@{sender[1].rpartition('@')[2] or 'nowhere.example'}>"
        name, email = sender
        known = f"From: {name} <{email}>\r\n" if email else ""
        raw = (
            f"{known}To: {_OURS}\r\nSubject: {subject}\r\n"
            f"Date: {at:%a, %d %b %Y %H:%M:%S +0000}\r\n"
            f"Message-ID: {message_id}\r\nMIME-Version: 1.0\r\n"
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n"
        ).encode()
        mail = MailMessage(
            id=mail_id,
            created_at=at,
            judged_at=at,
            organization_id=self._desk.organization.id,
            identity=message_id,
            message_id=message_id,
            via="webhook",
            sender=email,
            sender_name=name,
            subject=subject,
            why=why,
            size=len(raw),
            ticket_id=ticket.id if ticket else None,
        )
        self.messages.append(mail)
        self.originals.append(
            MailOriginal(mail_id=mail_id, organization_id=mail.organization_id, raw=raw)
        )
        return mail
