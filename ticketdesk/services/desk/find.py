"""The palette's quick finds."""

from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Ticket
from ticketdesk.models.enums import UserRole
from ticketdesk.services.search_words import prefix_query

_PROBED = 400


def by_words(session: Session, actor: Actor, words: str, *, limit: int) -> list[dict[str, Any]]:
    """Return the newest tickets that have all the words' beginnings, or the one with that number.

    The matches are capped before they are sorted, so that a common word costs no more than a rare one.
    """
    actor.require(UserRole.AGENT, writes=False)
    mine = select(Ticket).where(Ticket.organization_id == actor.organization_id)
    number = words.lstrip("#")
    if number.isascii() and number.isdigit() and len(number) < 10:
        found = session.exec(mine.where(Ticket.ticket_number == int(number))).all()
        return [_line(ticket) for ticket in found]
    wanted = prefix_query(words)
    if not wanted:
        return []
    probe = (
        select(Ticket.id)
        .where(
            Ticket.organization_id == actor.organization_id,
            col(Ticket.search).op("@@")(func.to_tsquery("simple", wanted)),
        )
        .limit(_PROBED)
        .cte("probe")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    newest = mine.where(col(Ticket.id).in_(select(probe.c.id))).order_by(
        col(Ticket.updated_at).desc()
    )
    return [_line(ticket) for ticket in session.exec(newest.limit(limit))]


def _line(ticket: Ticket) -> dict[str, Any]:
    return {
        "number": ticket.ticket_number,
        "subject": ticket.subject,
        "status": str(ticket.status),
        "requester": ticket.requester_name,
    }
