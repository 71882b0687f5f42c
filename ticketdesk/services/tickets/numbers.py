"""Ticket numbers: from 1001, per organization, none twice and none left out."""

from sqlmodel import Session, col, update

from ticketdesk.models import TicketCounter


def take(session: Session, organization_id: str) -> int:
    """Return the next number; the counter stays locked until the transaction ends.

    A rolled-back create gives its number back, so races leave no gaps.
    """
    return (
        session.exec(
            update(TicketCounter)
            .where(col(TicketCounter.organization_id) == organization_id)
            .values(next_number=TicketCounter.next_number + 1)
            .returning(TicketCounter.next_number)
        ).scalar_one()
        - 1
    )
