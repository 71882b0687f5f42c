"""Taking back what a macro did to a ticket, its messages included."""

from typing import Any

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict
from ticketdesk.models import Ticket, TicketResponse
from ticketdesk.models.enums import UserRole
from ticketdesk.services.tickets import access
from ticketdesk.services.tickets.bulk_undo import restore
from ticketdesk.services.tickets.snapshot import ticket_facts
from ticketdesk.services.tickets.undo_send import undo_send, withdraw_note

_SIMPLE = ("priority", "category", "tags", "assigned_to_id")


def remember(session: Session, ticket: Ticket) -> dict[str, Any]:
    """Return what a ticket is and has before a macro runs, as JSON."""
    facts = ticket_facts(ticket)
    for name in _SIMPLE:
        value = getattr(ticket, name)
        facts[name] = list(value) if isinstance(value, list) else value and str(value)
    return facts | {"messages": _messages(session, ticket)}


def undo(session: Session, actor: Actor, reference: str, before: dict[str, Any]) -> None:
    """Give a ticket its facts back and take the macro's messages away.

    Args:
        before: as `remember` gave it, with `versionAfter`: the ticket's version after the macro.

    Raises:
        Conflict: somebody changed the ticket since, or its reply has left.
        Forbidden: somebody else ran the macro and it wrote something.
    """
    actor.require(UserRole.AGENT)
    ticket = access.find(session, actor, reference, lock=True)
    if ticket.version != before["versionAfter"]:
        raise Conflict("This can no longer be undone: the ticket changed since.")
    facts = {k: v for k, v in before.items() if k not in (*_SIMPLE, "versionAfter", "messages")}
    for response_id in set(_messages(session, ticket)) - set(before["messages"]):
        row = session.get_one(TicketResponse, response_id)
        if row.is_internal:
            withdraw_note(session, actor, row)
        else:
            undo_send(session, actor, ticket.id, row.id, facts, ticket.version)
    restore(session, actor, ticket, {k: v for k, v in before.items() if k != "messages"})


def _messages(session: Session, ticket: Ticket) -> list[str]:
    newest = select(TicketResponse.id).where(TicketResponse.ticket_id == ticket.id)
    return list(session.exec(newest.order_by(col(TicketResponse.created_at).desc()).limit(50)))
