"""Writing the rows of deleted tickets back into the tables.

What a row names may have gone meanwhile (a member, a chat) or may be deleted itself (the other end
of a link, the ticket one was merged into). The first is emptied or left out, as the database would
have done; the second is handed to the other ticket, so that the order of restoring does not matter.
"""

import json
from typing import Any

from sqlalchemy import Table, any_, literal, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlmodel import Session, SQLModel, col

from ticketdesk.models import DeletedTicket, OutboxEvent, Ticket
from ticketdesk.services.deleted import hanging

Row = dict[str, Any]


def unpack(session: Session, kept: list[DeletedTicket]) -> None:
    """Put the rows and pointers of locked deleted tickets back where they were."""
    for table in (*hanging.tables(), SQLModel.metadata.tables[OutboxEvent.__tablename__]):
        rows = [row for one in kept for row in one.rows.get(table.name, ())]
        for reference in hanging.references(table):
            rows = _settle(session, table, reference, rows)
        _insert(session, table, rows)
    here = {one.id for one in kept}
    for pointer in [pointer for one in kept for pointer in one.pointers]:
        _point(session, pointer, here)


def _settle(
    session: Session, table: Table, reference: hanging.Reference, rows: list[Row]
) -> list[Row]:
    """Return the rows that can be written as far as one of their columns goes."""
    name = reference.column.name
    wanted = {row[name] for row in rows if row.get(name)}
    if reference.parent is table:
        known = {row["id"] for row in rows} | _there(session, table, wanted)
    else:
        known = _there(session, reference.parent, wanted)
    fine = []
    for row in rows:
        named = row.get(name)
        if not named or named in known:
            fine.append(row)
            continue
        other = _deleted(session, reference.parent, named)
        if not reference.goes_along:
            if other:
                pointer = {"table": table.name, "column": name, "id": row["id"], "to": named}
                other.pointers = [*other.pointers, pointer]
                session.add(other)
            fine.append(row | {name: None})
        elif other:
            _hand_over(session, other, table, row)
    return fine


def _hand_over(session: Session, other: DeletedTicket, table: Table, row: Row) -> None:
    rows = dict(other.rows)
    rows[table.name] = [*rows.get(table.name, ()), row]
    other.rows = rows
    session.add(other)


def _insert(session: Session, table: Table, rows: list[Row]) -> None:
    if not rows:
        return
    # A column that an update of the product brought meanwhile takes its default.
    for column in table.columns:
        if column.computed is None and column.default is not None and column.default.is_scalar:
            rows = [{column.name: column.default.arg} | row for row in rows]
    groups: dict[frozenset[str], list[Row]] = {}
    for row in rows:
        groups.setdefault(frozenset(row), []).append(row)
    for known, alike in groups.items():
        listed = ", ".join(f'"{name}"' for name in hanging.columns(table) if name in known)
        session.execute(
            text(
                f"INSERT INTO {table.name} ({listed}) SELECT {listed}"
                f" FROM jsonb_populate_recordset(NULL::{table.name}, CAST(:rows AS jsonb))"
                " ON CONFLICT DO NOTHING"
            ),
            {"rows": json.dumps(alike, default=str)},
        )


def _point(session: Session, pointer: dict[str, str], here: set[str]) -> None:
    """Fill a column again that was emptied, unless it holds something else by now."""
    table = SQLModel.metadata.tables[pointer["table"]]
    column = table.c[pointer["column"]]
    row = session.execute(select(column).where(table.c.id == pointer["id"])).first()
    if row is not None:
        parent = next(one.parent for one in hanging.references(table) if one.column is column)
        if not _there(session, parent, {pointer["to"]}):
            if kept := _deleted(session, parent, pointer["to"]):
                kept.pointers = [*kept.pointers, pointer]
                session.add(kept)
            return
        session.execute(
            update(table)
            .where(table.c.id == pointer["id"], column.is_(None))
            .values({column: pointer["to"]})
        )
        return
    other = _deleted(session, table, pointer["id"])
    if other and other.id not in here:
        other.pointers = [*other.pointers, pointer]
        session.add(other)


def _there(session: Session, table: Table, ids: set[str]) -> set[str]:
    if not ids:
        return set()
    wanted = literal(sorted(ids), ARRAY(TEXT))
    return set(session.execute(select(table.c.id).where(table.c.id == any_(wanted))).scalars())


def _deleted(session: Session, table: Table, row_id: str) -> DeletedTicket | None:
    """Return the deleted ticket that a row belongs to."""
    if table not in hanging.tables():
        return None
    if table.name == Ticket.__tablename__:
        holds = col(DeletedTicket.id) == row_id
    else:
        holds = col(DeletedTicket.rows).contains({table.name: [{"id": row_id}]})
    return session.execute(select(DeletedTicket).where(holds).with_for_update()).scalar()
