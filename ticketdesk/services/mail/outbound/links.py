"""Tracking links of a batch: one for each mail to a requester, the same whenever it is repeated."""

from collections.abc import Sequence

from sqlmodel import Session

from ticketdesk import outbox
from ticketdesk.models import Ticket
from ticketdesk.outbox import Promise
from ticketdesk.services import sealing
from ticketdesk.services.embed import tracking_links

# Mails to staff lead into the app instead.
_TO_REQUESTERS = frozenset(
    {"mail.lost_link", "mail.ticket_created", "mail.ticket_response", "mail.status_changed"}
)


def tracking_urls(
    session: Session, organization_id: str, promises: Sequence[Promise], tickets: dict[str, Ticket]
) -> dict[str, str]:
    """Return promise id → address of the tracking page, for the requesters' mails of a batch.

    Only hashes of links are kept, so every mail brings one of its own. The promise remembers it,
    sealed, until it is kept: a mail that is composed again after a crash is the same mail.
    """
    wanted = [
        (promise, tickets[ticket_id])
        for promise in promises
        if promise.subscriber in _TO_REQUESTERS
        and (ticket_id := promise.payload.get("ticketId") or "") in tickets
    ]
    urls = {
        promise.id: sealing.unseal(promise.payload["sealed"])
        for promise, _ in wanted
        if "sealed" in promise.payload
    }
    fresh = [(promise, ticket) for promise, ticket in wanted if promise.id not in urls]
    numbers = {ticket.id: ticket.ticket_number for _, ticket in fresh}
    made = tracking_links.urls_for(session, organization_id, list(numbers.items()))
    for promise, ticket in fresh:
        urls[promise.id] = made[ticket.id]
        outbox.remember(session, promise, sealing.seal(made[ticket.id]))
    return urls
