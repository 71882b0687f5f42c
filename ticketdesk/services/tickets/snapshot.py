"""A ticket's facts as JSON, so that an undo can give them back exactly."""

from datetime import datetime
from typing import Any

from ticketdesk.models import Ticket
from ticketdesk.models.enums import SlaState, TicketStatus

_TIMES = (
    "first_response_at", "first_response_sla", "resolution_sla", "resolved_at", "closed_at",
    "sla_due_at", "sla_warn_at", "next_sla_event_at", "last_message_at",
)  # fmt: skip
_REST = ("status", "sla_state", "cc", "linked_chat_ids", "merged_into_id")


def ticket_facts(ticket: Ticket) -> dict[str, Any]:
    """Return the facts that merging and splitting touch."""
    facts: dict[str, Any] = {}
    for name in _TIMES:
        value = getattr(ticket, name)
        facts[name] = value.isoformat() if value else None
    for name in _REST:
        value = getattr(ticket, name)
        facts[name] = list(value) if isinstance(value, list) else value and str(value)
    return facts


def give_back(ticket: Ticket, facts: dict[str, Any], names: set[str] | None = None) -> None:
    """Put the facts of a snapshot back, all of them or the named ones."""
    for name, value in facts.items():
        if names is not None and name not in names:
            continue
        if name in _TIMES:
            value = datetime.fromisoformat(value) if value else None
        elif name == "status":
            value = TicketStatus(value)
        elif name == "sla_state":
            value = SlaState(value)
        setattr(ticket, name, value)
