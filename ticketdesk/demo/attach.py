"""Files of the stories: real ones, bound to a ticket, a message or a chat message."""

from collections.abc import Iterable
from datetime import datetime

from ticketdesk.demo.desk import Desk, Doer
from ticketdesk.models import ChatMessage, Ticket, TicketResponse


def to_ticket(desk: Desk, ticket: Ticket, by: Doer, at: datetime, names: Iterable[str]) -> None:
    """Attach files to the ticket itself."""


def to_response(
    desk: Desk, ticket: Ticket, by: Doer, row: TicketResponse, names: Iterable[str]
) -> None:
    """Attach files to one of its messages."""


def to_chat(desk: Desk, message: ChatMessage, name: str) -> None:
    """Attach a file to a chat message."""
