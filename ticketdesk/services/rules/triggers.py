"""Which triggers a change sets off."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session

from ticketdesk.models import Chat, Ticket, TicketResponse
from ticketdesk.models.enums import ChatEscalation, ResponseAuthorType
from ticketdesk.models.enums import TicketActivityType as A
from ticketdesk.services.rules.pending import Change

_TRIGGERS: dict[A, tuple[str, ...]] = {
    A.CREATED: ("TICKET_CREATED",),
    A.STATUS_CHANGED: ("STATUS_CHANGED", "TICKET_UPDATED"),
    A.RESOLVED: ("STATUS_CHANGED", "TICKET_UPDATED"),
    A.CLOSED: ("STATUS_CHANGED", "TICKET_UPDATED"),
    A.REOPENED: ("STATUS_CHANGED", "TICKET_UPDATED"),
    A.PRIORITY_CHANGED: ("TICKET_UPDATED",),
    A.CATEGORY_CHANGED: ("TICKET_UPDATED",),
    A.ASSIGNED: ("TICKET_UPDATED",),
    A.UNASSIGNED: ("TICKET_UPDATED",),
    A.TAG_ADDED: ("TICKET_UPDATED",),
    A.TAG_REMOVED: ("TICKET_UPDATED",),
    A.UPDATED: ("TICKET_UPDATED",),
    A.SLA_WARNED: ("SLA_WARNED",),
    A.SLA_BREACHED: ("SLA_BREACHED",),
}
MOVES = (A.STATUS_CHANGED, A.RESOLVED, A.CLOSED, A.REOPENED)
_BY_AUTHOR = {
    ResponseAuthorType.CUSTOMER: "CUSTOMER_RESPONDED",
    ResponseAuthorType.EMAIL: "CUSTOMER_RESPONDED",
    ResponseAuthorType.AGENT: "AGENT_RESPONDED",
}


def of_kind(
    kind: A, changes: Mapping[str, Any], author: ResponseAuthorType | None = None
) -> tuple[str, ...]:
    """Return the triggers of one change; `author` is who wrote, for a response."""
    if kind is A.SPLIT:
        # Both tickets tell of a split; only one was made by it.
        return ("TICKET_CREATED",) if "splitFrom" in changes else ()
    if kind is A.RESPONDED:
        trigger = _BY_AUTHOR.get(author) if author else None
        return (trigger,) if trigger else ()
    return _TRIGGERS.get(kind, ())


def of_changes(session: Session, ticket: Ticket, changes: Iterable[Change]) -> frozenset[str]:
    """Return the triggers of changes of a ticket that were made together.

    What is set while a ticket is made belongs to its making: it is created, not updated. A ticket
    made from a chat that asks for a person counts as that chat's escalation.
    """
    found: set[str] = set()
    for change in changes:
        author = None
        if change.kind is A.RESPONDED and change.response_id:
            row = session.get(TicketResponse, change.response_id)
            author = ResponseAuthorType(row.author_type) if row else None
        found |= {*of_kind(change.kind, change.changes, author), *change.also}
    if "TICKET_CREATED" in found:
        found.discard("TICKET_UPDATED")
        chat = session.get(Chat, ticket.origin_chat_id) if ticket.origin_chat_id else None
        if chat and chat.escalation != ChatEscalation.NONE:
            found.add("CHAT_ESCALATED")
    return frozenset(found)


def together(changes: Iterable[Change]) -> dict[str, tuple[Any, Any]]:
    """Return before and after of every field over all changes."""
    merged: dict[str, tuple[Any, Any]] = {}
    for change in changes:
        for name, (before, after) in change.changes.items():
            merged[name] = (merged[name][0] if name in merged else before, after)
    return merged
