"""Tickets as they were: the present row with its later history taken back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from ticketdesk.models import Ticket, TicketActivity, TicketResponse
from ticketdesk.models.enums import ResponseAuthorType
from ticketdesk.services import rich_text
from ticketdesk.services.rules.facts import Messages
from ticketdesk.services.rules.triggers import MOVES

_COLUMNS = {
    "status": "status",
    "priority": "priority",
    "category": "category",
    "tags": "tags",
    "assignedToId": "assigned_to_id",
    "subject": "subject",
    "requesterName": "requester_name",
    "requesterEmail": "requester_email",
    "customFields": "custom_fields",
}
_KEPT = (
    "id", "organization_id", "ticket_number", "subject", "description_text", "description_format",
    "status", "priority", "category", "source", "language", "requester_email", "requester_name",
    "assigned_to_id", "tags", "custom_fields", "created_at", "origin_chat_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """A history row, and the ticket as it stood right after it; a loose copy, never saved."""

    activity: TicketActivity
    ticket: Ticket
    changes: dict[str, tuple[Any, Any]]


def history_of(
    session: Session, tickets: Iterable[Ticket], since: datetime
) -> dict[str, list[TicketActivity]]:
    """Return the history rows of tickets since a moment, newest first, by ticket."""
    found: dict[str, list[TicketActivity]] = {ticket.id: [] for ticket in tickets}
    rows = session.exec(
        select(TicketActivity)
        .where(
            col(TicketActivity.ticket_id).in_(list(found)),
            TicketActivity.created_at >= since,
        )
        .order_by(col(TicketActivity.created_at).desc(), col(TicketActivity.id).desc())
    )
    for row in rows:
        found[row.ticket_id].append(row)
    return found


def events_of(ticket: Ticket, history: list[TicketActivity]) -> Iterator[Event]:
    """Yield a ticket's history, newest first, each row with the ticket as it was."""
    state = {name: getattr(ticket, name) for name in _KEPT}
    for activity in history:
        changes = {
            name: (values.get("before"), values.get("after"))
            for name, values in activity.changes.items()
            if isinstance(values, dict)
        }
        at = activity.created_at
        copy = Ticket.model_construct(**state, updated_at=at, last_message_at=at)
        yield Event(activity, copy, changes)
        for name, (before, _) in changes.items():
            if name in _COLUMNS and (before is not None or name in ("category", "assignedToId")):
                state[_COLUMNS[name]] = before
            elif name == "description" and before is not None:
                state["description_text"] = rich_text.to_text(before, ticket.description_format)


class Conversations:
    """The messages of some tickets, to be asked how they stood at a moment."""

    def __init__(self, session: Session, tickets: Iterable[Ticket]) -> None:
        self._rows: dict[str, list[TicketResponse]] = {}
        rows = session.exec(
            select(TicketResponse)
            .where(
                col(TicketResponse.ticket_id).in_([ticket.id for ticket in tickets]),
                ~col(TicketResponse.is_internal),
            )
            .order_by(col(TicketResponse.created_at), col(TicketResponse.id))
        )
        for row in rows:
            self._rows.setdefault(row.ticket_id, []).append(row)

    def at(self, ticket: Ticket, moment: datetime, history: list[TicketActivity]) -> Messages:
        """Return what conditions ask of messages, as of a moment."""
        rows = [row for row in self._rows.get(ticket.id, ()) if row.created_at <= moment]
        agent = [row for row in rows if row.author_type == ResponseAuthorType.AGENT]
        customer = [
            row
            for row in rows
            if row.author_type in (ResponseAuthorType.CUSTOMER, ResponseAuthorType.EMAIL)
        ]
        moved = (row.created_at for row in history if row.activity_type in MOVES)
        return Messages(
            rows[-1].content_text if rows else ticket.description_text,
            customer[-1].created_at if customer else ticket.created_at,
            agent[-1].created_at if agent else None,
            next((at for at in moved if at <= moment), None),
        )
