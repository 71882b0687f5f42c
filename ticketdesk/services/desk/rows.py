"""The lines of the ticket list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Ticket, TicketRead, User
from ticketdesk.models.enums import UserRole
from ticketdesk.services import members, ticket_settings
from ticketdesk.services.desk import snippets
from ticketdesk.services.desk.query import filters_of
from ticketdesk.services.sla.state import state_of
from ticketdesk.services.tickets import listing

_SHOWN_TAGS = 3

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowPage:
    """Some lines, how many there are in words, and where the list goes on."""

    rows: list[Row]
    total_words: str
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer, as options of a picker."""

    people: list[dict[str, Any]]
    categories: list[dict[str, Any]]
    tags: list[dict[str, Any]]


def page(session: Session, actor: Actor, query: Mapping[str, str], *, limit: int) -> RowPage:
    """Return the lines of a list.

    Args:
        query: as `query_of` returns it.
        limit: at most 100.

    Raises:
        Forbidden: the caller is a customer.
        Invalid: a filter or the search cannot be understood; `fields` says which.
    """
    actor.require(UserRole.AGENT, writes=False)
    filters = filters_of(query)
    found = listing.find_page(session, actor, filters, cursor=query.get("after"), limit=limit)
    total = f"{found.total:,}{'+' if found.total_is_capped else ''}"
    rows = _rows(session, actor, found.tickets)
    if filters.q:
        excerpts = snippets.of_rows(session, found.tickets, filters.q)
        for row in rows:
            row["found"] = excerpts.get(row["id"], "")
    return RowPage(rows, total, found.next_cursor)


def choices(session: Session, actor: Actor) -> Choices:
    """Return the people, categories and tags that the filters offer."""
    settings = ticket_settings.of(session, actor.organization_id)
    people = [
        {"value": m.id, "label": m.name, "glyph": f"person:{m.name}", "keywords": [m.email]}
        for m in members.agents(session, actor)
    ]
    return Choices(
        people=[
            {"value": "me", "label": "Me", "glyph": "user"},
            {"value": "none", "label": "Nobody", "glyph": "nobody"},
            *people,
        ],
        categories=[_plain(name) for name in settings.embed_config.categories],
        tags=[_plain(tag) for tag in recent_tags(session, actor)],
    )


def recent_tags(session: Session, actor: Actor, *, most: int = 60) -> list[str]:
    """Return the tags in use lately, in alphabetical order; to staff only."""
    actor.require(UserRole.AGENT, writes=False)
    lately = (
        select(func.unnest(Ticket.tags).label("tag"))
        .where(Ticket.organization_id == actor.organization_id, func.cardinality(Ticket.tags) > 0)
        .order_by(col(Ticket.updated_at).desc())
        .limit(400)
        .subquery()
    )
    used = select(lately.c.tag).group_by(lately.c.tag).order_by(func.count().desc()).limit(most)
    return sorted(session.exec(used).all())


def _plain(name: str) -> dict[str, Any]:
    return {"value": name, "label": name}


def _rows(session: Session, actor: Actor, tickets: list[Ticket]) -> list[Row]:
    if not tickets:
        return []
    people = {ticket.assigned_to_id for ticket in tickets if ticket.assigned_to_id}
    names = dict(session.exec(select(User.id, User.name).where(col(User.id).in_(people))).all())
    read = set(
        session.exec(
            select(TicketRead.ticket_id)
            .join(Ticket, col(Ticket.id) == TicketRead.ticket_id)
            .where(
                TicketRead.user_id == actor.user_id,
                col(TicketRead.ticket_id).in_([ticket.id for ticket in tickets]),
                TicketRead.read_at >= Ticket.last_message_at,
            )
        ).all()
    )
    return [_row(ticket, names, read) for ticket in tickets]


def _row(ticket: Ticket, names: dict[str, str], read: set[str]) -> Row:
    due = ticket.sla_due_at
    return {
        "id": ticket.id,
        "number": ticket.ticket_number,
        "subject": ticket.subject,
        "status": str(ticket.status),
        "priority": str(ticket.priority),
        "requester": ticket.requester_name or ticket.requester_email,
        "tags": ticket.tags[:_SHOWN_TAGS],
        "chat": ticket.origin_chat_id is not None,
        "assignee": names.get(ticket.assigned_to_id or "", ""),
        "due": due.isoformat() if due else "",
        "sla": str(state_of(ticket)),
        "updated": ticket.updated_at.isoformat(),
        "unread": ticket.id not in read,
        "found": "",
    }
