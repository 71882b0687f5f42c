"""The part every change of a ticket ends with."""

from sqlmodel import Session

from ticketdesk import clock
from ticketdesk.models import Ticket
from ticketdesk.services.sla.refresh import reconsider


def touch(session: Session, ticket: Ticket) -> None:
    """Let policies and rules look at the change, count it up and write the row."""
    settle(session, ticket)
    ticket.version += 1
    ticket.updated_at = clock.now()
    session.add(ticket)
    session.flush()


def settle(session: Session, ticket: Ticket) -> bool:
    """Let policies and rules look at what changed; True when a rule did something.

    For what does not count as a change by itself: a ticket's making, a warning.
    """
    # Rules use the verbs, and every verb ends here: only a late import can close the circle.
    from ticketdesk.services.rules.engine import after_change

    reconsider(session, ticket)
    if not after_change(session, ticket):
        return False
    reconsider(session, ticket)
    session.add(ticket)
    session.flush()
    return True
