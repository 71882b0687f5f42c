"""Tickets as CSV, a page at a time, so that an export of any size needs the memory of one page."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid
from ticketdesk.models import Ticket, User
from ticketdesk.models.enums import UserRole
from ticketdesk.services.sla.state import state_of
from ticketdesk.services.tickets.filters import TicketFilters
from ticketdesk.services.tickets.listing import find_page

PAGE = 500
COLUMNS = (
    "ticketNumber", "id", "subject", "status", "priority", "category", "tags", "requesterName",
    "requesterEmail", "assignedTo", "assignedToEmail", "source", "createdAt", "updatedAt",
    "firstResponseAt", "firstResponseSla", "resolutionSla", "slaState", "resolvedAt", "closedAt",
    "customFields", "description",
)  # fmt: skip

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True, slots=True)
class CsvPage:
    """Some lines of CSV and where to go on; `next_cursor` is None at the end."""

    text: str
    next_cursor: str | None


def header() -> str:
    """Return the first line."""
    return _lines([COLUMNS])


def export_page(
    session: Session, actor: Actor, filters: TicketFilters, *, cursor: str | None = None
) -> CsvPage:
    """Return the next lines of an export, to staff only.

    Rows come in order of creation: an order that a change meanwhile cannot disturb.

    Args:
        filters: the list's; its `sort` is `createdAt` or `-createdAt`.
        cursor: `next_cursor` of the page before.

    Raises:
        Invalid: another order.
    """
    actor.require(UserRole.AGENT, writes=False)
    if filters.sort.removeprefix("-") != "createdAt":
        message = "An export is sorted by createdAt or -createdAt."
        raise Invalid(message, fields={"sort": message})
    found = find_page(
        session, actor, filters, cursor=cursor, limit=PAGE, largest=PAGE, counted=False
    )
    people = _people(session, found.tickets)
    return CsvPage(_lines([_row(ticket, people) for ticket in found.tickets]), found.next_cursor)


def neutral(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: such a text gets an apostrophe."""
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value


def _people(session: Session, tickets: list[Ticket]) -> dict[str, tuple[str, str]]:
    ids = {ticket.assigned_to_id for ticket in tickets if ticket.assigned_to_id}
    if not ids:
        return {}
    rows = session.exec(select(User.id, User.name, User.email).where(col(User.id).in_(ids)))
    return {who: (name, email) for who, name, email in rows}


def _row(ticket: Ticket, people: dict[str, tuple[str, str]]) -> list[str]:
    name, email = people.get(ticket.assigned_to_id or "", ("", ""))
    custom = json.dumps(ticket.custom_fields, ensure_ascii=False) if ticket.custom_fields else ""
    values: list[Any] = [
        ticket.ticket_number, ticket.id, ticket.subject, ticket.status, ticket.priority,
        ticket.category, ", ".join(ticket.tags), ticket.requester_name, ticket.requester_email,
        name, email, ticket.source, ticket.created_at, ticket.updated_at, ticket.first_response_at,
        ticket.first_response_sla, ticket.resolution_sla, state_of(ticket), ticket.resolved_at,
        ticket.closed_at, custom, ticket.description_text,
    ]  # fmt: skip
    return [_cell(value) for value in values]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return neutral(str(value))


def _lines(rows: Any) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
