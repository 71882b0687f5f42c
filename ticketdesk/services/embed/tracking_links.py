"""Tracking links: made, found again, forgotten (contract.md, `/track/{number}-{token}`)."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select

from ticketdesk import clock
from ticketdesk.ids import new_id
from ticketdesk.models import Ticket, TrackingLink
from ticketdesk.services.secrets import token_hash
from ticketdesk.settings import settings

KEPT_AFTER_CLOSING = timedelta(days=90)
_LONGEST = 200
_TOKEN_BYTES = 16


def url_for(session: Session, organization_id: str, ticket_id: str, ticket_number: int) -> str:
    """Return a new address of a ticket's tracking page; those given out before stay good."""
    return urls_for(session, organization_id, [(ticket_id, ticket_number)])[ticket_id]


def urls_for(
    session: Session, organization_id: str, tickets: Sequence[tuple[str, int]]
) -> dict[str, str]:
    """Return a new address for each ticket, by its identifier.

    The token is 128 bits of chance. Only its hash stays here: who lost the address gets another
    one, nobody can look the first one up again.

    Args:
        tickets: identifier and number of each.
    """
    tokens = {ticket_id: secrets.token_hex(_TOKEN_BYTES) for ticket_id, _ in tickets}
    now = clock.now()
    if tokens:
        rows = [
            {
                "id": new_id("link"),
                "created_at": now,
                "organization_id": organization_id,
                "ticket_id": ticket_id,
                "token_hash": token_hash(token),
            }
            for ticket_id, token in tokens.items()
        ]
        session.exec(insert(TrackingLink).values(rows))
    base = settings().base_url
    return {
        ticket_id: f"{base}/track/{number}-{tokens[ticket_id]}" for ticket_id, number in tickets
    }


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


def forget_expired(session: Session) -> int:
    """Delete the links of tickets closed too long ago (system role); return how many."""
    over = select(Ticket.id).where(col(Ticket.closed_at) < clock.now() - KEPT_AFTER_CLOSING)
    return session.exec(delete(TrackingLink).where(col(TrackingLink.ticket_id).in_(over))).rowcount
