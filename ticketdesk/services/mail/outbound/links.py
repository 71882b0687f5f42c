"""Tracking links of a whole batch: one query for those that exist, one each for the rest."""

from sqlmodel import Session, col, select

from ticketdesk.models import Ticket, TrackingLink
from ticketdesk.services.embed import tracking_links
from ticketdesk.settings import settings


def tracking_urls(session: Session, tickets: list[Ticket]) -> dict[str, str]:
    """Ticket id → address of its tracking page; links that do not exist yet are made."""
    ids = [ticket.id for ticket in tickets]
    known: dict[str, int] = {}
    if ids:
        query = select(TrackingLink.ticket_id, TrackingLink.generation)
        known = dict(session.exec(query.where(col(TrackingLink.ticket_id).in_(ids))).all())
    urls = {}
    for ticket in tickets:
        number = ticket.ticket_number
        if ticket.id in known:
            token = tracking_links.token_of(ticket.id, known[ticket.id])
            urls[ticket.id] = f"{settings().base_url}/track/{number}-{token}"
        else:
            urls[ticket.id] = tracking_links.url_for(
                session, ticket.organization_id, ticket.id, number
            )
    return urls
