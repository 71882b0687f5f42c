"""What hangs on a ticket, read from the foreign keys, so that a new table is not forgotten.

A row hangs on a ticket when the database would delete it along with it (ON DELETE CASCADE), by
whatever way; a column points to it when the database would empty it (ON DELETE SET NULL).
"""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Column, Select, Table, any_, func, literal, select, text, union
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlmodel import Session, SQLModel

from ticketdesk.models import Ticket


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names a row of another table, and what becomes of it when that row goes."""

    column: Column
    parent: Table
    goes_along: bool
    is_emptied: bool


@cache
def tables() -> tuple[Table, ...]:
    """The tables whose rows can hang on a ticket, each after those its rows name."""
    hanging = {Ticket.__tablename__}
    ordered = SQLModel.metadata.sorted_tables
    for table in ordered:
        if any(one.goes_along and one.parent.name in hanging for one in references(table)):
            hanging.add(table.name)
    return tuple(table for table in ordered if table.name in hanging)


@cache
def references(table: Table) -> tuple[Reference, ...]:
    """What the columns of a table name, but for the organization."""
    return tuple(
        Reference(key.parent, key.column.table, key.ondelete == "CASCADE", key.parent.nullable)
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.parent.name != "organization_id"
    )


@cache
def pointing() -> tuple[Reference, ...]:
    """The columns of all tables that the database empties when a ticket goes."""
    hanging = set(tables())
    return tuple(
        one
        for table in SQLModel.metadata.sorted_tables
        for one in references(table)
        if one.parent in hanging and not one.goes_along
    )


def in_turn(session: Session, organization_id: str) -> None:
    """Wait until nobody else deletes or restores: what two tickets share goes by one hand only."""
    session.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 20261126))"),
        {"name": f"deleted {organization_id}"},
    )


def owned(table: Table, ticket_ids: list[str]) -> Select:
    """Select the `id` of each row that hangs on the tickets, and whose it is as `ticket_id`.

    A row that hangs on two of them, such as a link, is named once.
    """
    if table.name == Ticket.__tablename__:
        ids = literal(ticket_ids, ARRAY(TEXT))
        return select(table.c.id, table.c.id.label("ticket_id")).where(table.c.id == any_(ids))
    ways = []
    for one in references(table):
        if one.goes_along and one.parent in tables():
            parent = owned(one.parent, ticket_ids).subquery()
            ways.append(
                select(table.c.id, parent.c.ticket_id).join(parent, parent.c.id == one.column)
            )
    found = union(*ways).subquery()
    return select(found.c.id, func.min(found.c.ticket_id).label("ticket_id")).group_by(found.c.id)


def columns(table: Table) -> list[str]:
    """The columns that are kept: whatever PostgreSQL does not compute by itself."""
    return [column.name for column in table.columns if column.computed is None]
