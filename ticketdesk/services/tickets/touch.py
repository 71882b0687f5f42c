"""The part every change of a ticket ends with."""

from sqlmodel import Session

from ticketdesk import clock
from ticketdesk.models import Ticket
from ticketdesk.services.sla.refresh import reconsider


def touch(session: Session, ticket: Ticket) -> None:
    """Count the change up and write the row."""
    reconsider(session, ticket)
    ticket.version += 1
    ticket.updated_at = clock.now()
    session.add(ticket)
    session.flush()
