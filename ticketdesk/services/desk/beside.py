"""What stands around a ticket's conversation: its neighbours, links, followers, its requester."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import func
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.errors import TicketDeskError
from ticketdesk.models import Ticket, TicketFollower, TicketMerge, User
from ticketdesk.models.enums import LinkKind, UserRole
from ticketdesk.models.status import ACTIVE
from ticketdesk.services.desk import query as address
from ticketdesk.services.tickets import access, listing
from ticketdesk.services.tickets.links import list_links

LINK_WORDS = {
    LinkKind.RELATED: "Related",
    LinkKind.PARENT: "Parent",
    LinkKind.CHILD: "Child",
    LinkKind.DUPLICATE: "Duplicate",
}
_COUNTED = 1000

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Beside:
    """The neighbours in the list one came from, and what hangs on the ticket.

    `previous` and `next` are empty at the ends of the list, `merged` unless the ticket was merged
    into another, which it then names with the merge that can be taken back.
    """

    back: str
    previous: Line
    next: Line
    links: list[Line]
    merged: Line
    followers: list[str]
    following: bool
    requester: Line


def read(session: Session, actor: Actor, reference: str, query: Mapping[str, str]) -> Beside:
    """Return what stands beside a ticket.

    Args:
        query: the list's parameters, as they stand in the ticket's own address.

    Raises:
        NotFound: no such ticket for this caller.
    """
    actor.require(UserRole.AGENT, writes=False)
    ticket = access.find(session, actor, reference)
    list_query = {name: value for name, value in query.items() if name != "after"}
    previous, following = _neighbours(session, actor, ticket, list_query)
    people = _followers(session, ticket)
    return Beside(
        back=address.path(query),
        previous=previous,
        next=following,
        links=links(session, actor, ticket.id),
        merged=_merged(session, ticket),
        followers=[name for _, name in people],
        following=actor.user_id in {person for person, _ in people},
        requester=_requester(session, ticket),
    )


def links(session: Session, actor: Actor, reference: str) -> list[Line]:
    """Return the links of a ticket as lines: what the other one is to it."""
    return [
        {
            "id": link.id,
            "kind": LINK_WORDS[link.kind],
            "number": link.ticket_number,
            "subject": link.subject,
            "status": str(link.status),
        }
        for link in list_links(session, actor, reference)
    ]


def _neighbours(
    session: Session, actor: Actor, ticket: Ticket, query: Mapping[str, str]
) -> tuple[Line, Line]:
    try:
        filters = address.filters_of(query)
        above, below = (
            listing.neighbour(session, actor, filters, ticket, before=before)
            for before in (True, False)
        )
    except TicketDeskError:
        # The list itself says what is wrong with its filters; the ticket is there all the same.
        return {}, {}
    return _neighbour(above, query), _neighbour(below, query)


def _neighbour(ticket: Ticket | None, query: Mapping[str, str]) -> Line:
    if ticket is None:
        return {}
    words = f"?{urlencode(query)}" if query else ""
    return {
        "to": f"/app/tickets/{ticket.ticket_number}{words}",
        "label": f"{ticket.ticket_number} {ticket.subject}",
    }


def _merged(session: Session, ticket: Ticket) -> Line:
    if ticket.merged_into_id is None:
        return {}
    target = session.get(Ticket, ticket.merged_into_id)
    if target is None:
        return {}
    merge = session.exec(
        select(TicketMerge.id)
        .where(
            TicketMerge.target_id == target.id,
            col(TicketMerge.undone_at).is_(None),
            col(TicketMerge.sources).contains([{"ticketId": ticket.id}]),
        )
        .order_by(col(TicketMerge.created_at).desc())
        .limit(1)
    ).first()
    return {
        "number": target.ticket_number,
        "subject": target.subject,
        "target": target.id,
        "merge": merge or "",
    }


def _followers(session: Session, ticket: Ticket) -> list[tuple[str, str]]:
    rows = session.exec(
        select(User.id, User.name)
        .join(TicketFollower, col(TicketFollower.user_id) == User.id)
        .where(TicketFollower.ticket_id == ticket.id)
        .order_by(User.name)
        .limit(50)
    )
    return [(person, name) for person, name in rows]


def _requester(session: Session, ticket: Ticket) -> Line:
    """How many tickets the requester has, how many of them are open, and since when."""
    theirs = (
        select(Ticket.status, Ticket.created_at)
        .where(
            Ticket.organization_id == ticket.organization_id,
            Ticket.requester_email == ticket.requester_email,
        )
        .order_by(col(Ticket.created_at).desc())
        .limit(_COUNTED)
        .subquery()
    )
    total, active, since = session.exec(
        select(
            func.count(),
            func.count().filter(theirs.c.status.in_(sorted(ACTIVE))),
            func.min(theirs.c.created_at),
        )
    ).one()
    return {
        "total": f"{total:,}{'+' if total == _COUNTED else ''}",
        "open": active,
        "since": since.isoformat() if since else "",
        "to": address.path({"view": "everything", "q": f"from:{ticket.requester_email}"}),
    }
