"""What became of an incoming message, as the API and the app show it."""

from ticketdesk.models.mail import MailState
from ticketdesk.models.wire import Moment, View
from ticketdesk.services.mail.inbound.verdict import Result
from ticketdesk.services.tickets.views import ResponseView, TicketView


class Outcome(View):
    """The answer of `/api/tickets/webhook/email` (contract.md, REST)."""

    result: Result
    ticket: TicketView | None = None
    response: ResponseView | None = None
    why: list[str]
    mail_id: str


class MailView(View):
    """One incoming message in a list: who, what about, what became of it and why."""

    id: str
    sender: str
    sender_name: str
    subject: str
    state: MailState
    why: list[str]
    error: str | None
    size: int
    ticket_id: str | None
    response_id: str | None
    created_at: Moment
