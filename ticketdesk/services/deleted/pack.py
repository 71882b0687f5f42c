"""Reading everything of some tickets out of the tables, as JSON."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import any_, literal, select, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlmodel import Session

from ticketdesk import clock
from ticketdesk.models import OutboxEvent
from ticketdesk.services.deleted import hanging

Rows = dict[str, list[dict[str, Any]]]

PROMISES = OutboxEvent.__tablename__
# Not those being kept at this moment: whoever keeps one says so in its row.
_PROMISES = text("""
    DELETE FROM outbox_events
    WHERE organization_id = :organization AND done_at IS NULL AND failed_at IS NULL
      AND (leased_until IS NULL OR leased_until < :now)
      AND (payload ->> 'ticketId' = ANY(:tickets) OR payload ->> 'attachmentId' = ANY(:files))
    RETURNING payload ->> 'ticketId', payload ->> 'attachmentId', to_jsonb(outbox_events)
""")


@dataclass(slots=True)
class Packed:
    """All of one ticket: its rows by table, and what elsewhere named one of them."""

    rows: Rows = field(default_factory=lambda: defaultdict(list))
    pointers: list[dict[str, str]] = field(default_factory=list)


def pack(session: Session, organization_id: str, ticket_ids: list[str]) -> dict[str, Packed]:
    """Return what hangs on each of some locked tickets; only promises are taken out already.

    What was still to be sent for them waits with them.
    """
    session.flush()
    packed = {ticket_id: Packed() for ticket_id in ticket_ids}
    owners: dict[tuple[str, str], str] = {}
    for table in hanging.tables():
        whose = hanging.owned(table, ticket_ids).subquery()
        left_out = ", ".join(f"- '{c.name}'" for c in table.columns if c.computed is not None)
        whole = text(f"to_jsonb({table.name}) {left_out.replace(',', '')}")
        query = select(whose.c.ticket_id, whose.c.id, whole).select_from(
            table.join(whose, whose.c.id == table.c.id)
        )
        for ticket_id, row_id, row in session.execute(query.order_by(table.c.id)):
            packed[ticket_id].rows[table.name].append(row)
            owners[table.name, row_id] = ticket_id
    _note_pointers(session, packed, owners)
    _take_promises(session, organization_id, packed, owners)
    return packed


def _note_pointers(
    session: Session, packed: dict[str, Packed], owners: dict[tuple[str, str], str]
) -> None:
    """Note what will be emptied; a row that is packed itself keeps what it names."""
    for one in hanging.pointing():
        named = [row_id for table, row_id in owners if table == one.parent.name]
        table, column = one.column.table, one.column
        wanted = literal(named, ARRAY(TEXT))
        for row_id, to in session.execute(select(table.c.id, column).where(column == any_(wanted))):
            if (table.name, row_id) not in owners:
                pointer = {"table": table.name, "column": column.name, "id": row_id, "to": to}
                packed[owners[one.parent.name, to]].pointers.append(pointer)


def _take_promises(
    session: Session,
    organization_id: str,
    packed: dict[str, Packed],
    owners: dict[tuple[str, str], str],
) -> None:
    files = [row_id for table, row_id in owners if table == "ticket_attachments"]
    values = {
        "organization": organization_id,
        "now": clock.now(),
        "tickets": list(packed),
        "files": files,
    }
    for ticket_id, file_id, row in session.execute(_PROMISES, values):
        owner = ticket_id or owners["ticket_attachments", file_id]
        packed[owner].rows[PROMISES].append(row)
