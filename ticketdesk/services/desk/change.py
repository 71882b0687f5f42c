"""One fact of a ticket changed by one click, with what is needed to take it back."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Malformed
from ticketdesk.models import Ticket, User
from ticketdesk.models.enums import UserRole
from ticketdesk.services import status_words, ticket_settings
from ticketdesk.services.desk.words import PRIORITY
from ticketdesk.services.tickets import access, update
from ticketdesk.services.tickets.commands import UpdateTicket

_WIRE = {
    "status": "status",
    "priority": "priority",
    "assignee": "assignedToId",
    "category": "category",
    "tags": "tags",
    "subject": "subject",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What was there before, and a sentence about what is there now."""

    before: Any
    sentence: str


def change(session: Session, actor: Actor, reference: str, field: str, value: Any) -> Change:
    """Set one fact.

    Args:
        field: status, priority, assignee, category, tags or subject.
        value: the new value; "" for nobody and for no category.

    Raises:
        Malformed: there is no such fact.
        TicketDeskError: whatever the update refuses.
    """
    actor.require(UserRole.AGENT)
    if field not in _WIRE:
        raise Malformed("There is no such fact.")
    if field in {"assignee", "category"} and value == "":
        value = None
    ticket = access.find(session, actor, reference)
    before = _present(ticket, field)
    update.update(session, actor, reference, UpdateTicket.parse({_WIRE[field]: value}))
    session.flush()
    return Change(before, _sentence(session, access.find(session, actor, reference), field))


def _present(ticket: Ticket, field: str) -> Any:
    present = {
        "status": str(ticket.status),
        "priority": str(ticket.priority),
        "assignee": ticket.assigned_to_id or "",
        "category": ticket.category or "",
        "tags": list(ticket.tags),
        "subject": ticket.subject,
    }
    return present[field]


def _sentence(session: Session, ticket: Ticket, field: str) -> str:
    number = ticket.ticket_number
    if field == "status":
        names = status_words.for_agents(ticket_settings.of(session, ticket.organization_id))
        return f"{number} is now {names[ticket.status].lower()}"
    if field == "priority":
        return f"{number} has {PRIORITY[ticket.priority].lower()} priority"
    if field == "assignee":
        user = session.get(User, ticket.assigned_to_id) if ticket.assigned_to_id else None
        return f"{number} is assigned to {user.name}" if user else f"{number} is unassigned"
    if field == "category":
        return (
            f"{number} is in {ticket.category}" if ticket.category else f"{number} has no category"
        )
    return f"{number} is changed"
