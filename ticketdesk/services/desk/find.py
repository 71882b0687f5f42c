"""The palette's quick finds."""

from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid, NotFound
from ticketdesk.models import Ticket
from ticketdesk.models.enums import UserRole
from ticketdesk.services.tickets import listing
from ticketdesk.services.tickets.access import find
from ticketdesk.services.tickets.filters import TicketFilters


def by_words(session: Session, actor: Actor, words: str, *, limit: int) -> list[dict[str, Any]]:
    """Return the tickets that changed last and have all the words, or the one with that number.

    What cannot be understood as a search, because somebody is still typing it, finds nothing.
    """
    actor.require(UserRole.AGENT, writes=False)
    number = words.lstrip("#")
    if number.isascii() and number.isdigit() and len(number) < 10:
        try:
            return [_line(find(session, actor, number))]
        except NotFound:
            return []
    try:
        filters = TicketFilters(q=words[:500], sort="-updatedAt")
        found = listing.find_page(session, actor, filters, limit=limit, counted=False)
    except Invalid:
        return []
    return [_line(ticket) for ticket in found.tickets]


def _line(ticket: Ticket) -> dict[str, Any]:
    return {
        "number": ticket.ticket_number,
        "subject": ticket.subject,
        "status": str(ticket.status),
        "requester": ticket.requester_name,
    }
