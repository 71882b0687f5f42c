"""Tracking links: made, found again, revoked (contract.md, `/track/{number}-{token}`)."""

import hashlib
import hmac
from datetime import timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.ids import new_id
from ticketdesk.models import Ticket, TrackingLink
from ticketdesk.services.secrets import token_hash
from ticketdesk.settings import settings

KEPT_AFTER_CLOSING = timedelta(days=90)
_LONGEST = 200


def token_of(ticket_id: str, generation: int) -> str:
    """Return the 128-bit token of a ticket's link as 32 hexadecimal digits."""
    message = f"tracking:{ticket_id}:{generation}".encode()
    return hmac.new(settings().secret_key, message, hashlib.sha256).hexdigest()[:32]


def url_for(session: Session, organization_id: str, ticket_id: str, ticket_number: int) -> str:
    """Return the address of a ticket's tracking page, making the link at the first call."""
    token = token_of(ticket_id, _generation(session, organization_id, ticket_id))
    return f"{settings().base_url}/track/{ticket_number}-{token}"


def _generation(session: Session, organization_id: str, ticket_id: str) -> int:
    known = select(TrackingLink.generation).where(TrackingLink.ticket_id == ticket_id)
    if (generation := session.exec(known).first()) is not None:
        return generation
    session.exec(
        insert(TrackingLink)
        .values(
            id=new_id("link"),
            created_at=clock.now(),
            organization_id=organization_id,
            ticket_id=ticket_id,
            generation=1,
            token_hash=token_hash(token_of(ticket_id, 1)),
        )
        .on_conflict_do_nothing(index_elements=["ticket_id"])
    )
    return session.exec(known).one()


def revoke(session: Session, ticket_id: str) -> None:
    """Make a ticket's present link useless; the next `url_for` gives a new one."""
    link = session.exec(
        select(TrackingLink).where(TrackingLink.ticket_id == ticket_id).with_for_update()
    ).first()
    if link is None:
        return
    link.generation += 1
    link.token_hash = token_hash(token_of(ticket_id, link.generation))
    session.add(link)
    session.flush()


def find(session: Session, reference: str) -> tuple[str, str] | None:
    """Return organization and ticket behind `{number}-{token}`, or None.

    One indexed look-up by hash, whatever is asked: unknown, wrong, revoked and expired take the
    same time and look the same.

    Args:
        session: a session of the system role: the address names no organization.
    """
    number, _, token = reference[:_LONGEST].partition("-")
    row = session.exec(
        select(Ticket.organization_id, Ticket.id, Ticket.ticket_number, Ticket.closed_at)
        .join(TrackingLink, col(TrackingLink.ticket_id) == Ticket.id)
        .where(TrackingLink.token_hash == token_hash(token))
    ).first()
    if row is None or str(row.ticket_number) != number:
        return None
    if row.closed_at and clock.now() - row.closed_at > KEPT_AFTER_CLOSING:
        return None
    return row.organization_id, row.id
