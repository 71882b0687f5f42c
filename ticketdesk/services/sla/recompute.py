"""After a policy or the business hours changed: every open ticket's due times anew, in batches."""

from sqlmodel import Session, col, select

from ticketdesk import outbox
from ticketdesk.actor import Actor
from ticketdesk.models import Ticket
from ticketdesk.models.status import ENDED
from ticketdesk.services.sla.refresh import refresh

SUBSCRIBER = "sla.recompute"
BATCH = 200


def promise(session: Session, organization_id: str) -> None:
    """Have the open tickets recomputed once the running transaction has committed."""
    outbox.put(session, organization_id, SUBSCRIBER, {"after": ""})


def batch(session: Session, actor: Actor, after: str) -> str | None:
    """Recompute the next open tickets by identifier; return the last one's, None at the end.

    Each batch is a transaction of its own and locks its tickets only: agents work on meanwhile.
    """
    tickets = session.exec(
        select(Ticket)
        .where(
            Ticket.organization_id == actor.organization_id,
            col(Ticket.status).not_in(ENDED),
            Ticket.id > after,
        )
        .order_by(col(Ticket.id))
        .limit(BATCH)
        .with_for_update()
    ).all()
    for ticket in tickets:
        refresh(session, ticket)
        session.add(ticket)
    session.flush()
    return tickets[-1].id if len(tickets) == BATCH else None
