"""Tracking links of a whole batch: a new one for each ticket whose requester is written to."""

from collections.abc import Iterable

from sqlmodel import Session

from ticketdesk.models import Ticket
from ticketdesk.outbox import Promise
from ticketdesk.services.embed import tracking_links

# Mails to staff lead into the app instead.
_TO_REQUESTERS = frozenset(
    {"mail.lost_link", "mail.ticket_created", "mail.ticket_response", "mail.status_changed"}
)


def tracking_urls(
    session: Session, organization_id: str, promises: Iterable[Promise], tickets: dict[str, Ticket]
) -> dict[str, str]:
    """Return ticket id → address of its tracking page, for the requesters' mails of a batch.

    Only hashes of links are kept, so every mail brings one of its own; a mail that is composed
    again after a crash brings another, and both are good.
    """
    wanted = {
        promise.payload.get("ticketId") or ""
        for promise in promises
        if promise.subscriber in _TO_REQUESTERS
    }
    numbers = [(ticket.id, ticket.ticket_number) for ticket in tickets.values()]
    return tracking_links.urls_for(
        session, organization_id, [pair for pair in numbers if pair[0] in wanted]
    )
