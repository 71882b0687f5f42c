"""Erasing an address from where it was only mentioned: copies, undo records, work in progress."""

import json
from typing import Any

from sqlalchemy import String, any_, cast, func, literal
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, col, delete, update

from ticketdesk.models import (
    BulkAction,
    Draft,
    IdempotencyKey,
    OutboxEvent,
    Ticket,
    TicketMerge,
    TicketResponse,
    TicketSplit,
)
from ticketdesk.services.privacy.person import Person

# What an undo would give back.
_RECORDS = (
    (TicketMerge, "sources"),
    (TicketMerge, "target_before"),
    (TicketSplit, "source_before"),
    (BulkAction, "before"),
)


def copies(session: Session, person: Person, pseudonym: str) -> dict[str, int]:
    """Take the address off the copies of other people's tickets and messages."""
    for table, name in ((Ticket, "cc"), (TicketResponse, "cc"), (TicketResponse, "bcc")):
        column: Any = getattr(table, name)
        session.exec(
            update(table)
            .where(
                col(table.organization_id) == person.organization_id,
                literal(person.email) == any_(column),
            )
            .values({name: func.array_remove(column, person.email)})
        )
    for table, name in _RECORDS:
        column = getattr(table, name)
        session.exec(
            update(table)
            .where(col(table.organization_id) == person.organization_id, _names(column, person))
            .values({name: _without(column, person.email, pseudonym)})
        )
    return {}


def work_in_progress(session: Session, person: Person, pseudonym: str) -> dict[str, int]:
    """Delete what names the address and was only kept for the moment."""
    for table, column in ((Draft, Draft.content), (IdempotencyKey, IdempotencyKey.answer)):
        session.exec(
            delete(table).where(
                col(table.organization_id) == person.organization_id, _names(column, person)
            )
        )
    session.exec(
        update(OutboxEvent)
        .where(
            col(OutboxEvent.organization_id) == person.organization_id,
            col(OutboxEvent.last_error).icontains(person.email, autoescape=True),
        )
        .values(last_error=None)
    )
    return {}


def _names(column: Any, person: Person) -> Any:
    return cast(column, String).icontains(person.email, autoescape=True)


def _without(column: Any, email: str, pseudonym: str) -> Any:
    inside = literal(json.dumps(email)[1:-1])
    return cast(func.replace(cast(column, String), inside, pseudonym), JSONB)
