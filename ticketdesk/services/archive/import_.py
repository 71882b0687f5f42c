"""In: the rows of an archive, checked and written in batches, all of them or none."""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import DateTime, LargeBinary, Table, bindparam, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import Session, col

from ticketdesk import migrations
from ticketdesk.adapters.storage import ELSEWHERE, storage
from ticketdesk.errors import Conflict, Invalid, Malformed
from ticketdesk.models import Organization
from ticketdesk.services.archive import layout

_AT_ONCE = 500
_FILE = "file"
_HERE = (
    "{name} ({id}) is in this installation already. An archive keeps the identifiers of everything"
    " in it, so it cannot be read in beside what it was made of, under another short name either."
    " Read it into another installation."
)

Row = dict[str, Any]


def load(session: Session, lines: Iterable[str], *, slug: str | None = None) -> dict[str, int]:
    """Write an archive's rows; the caller commits.

    Args:
        session: of the system role.
        lines: the archive as it was exported.
        slug: another short name, where the archive's is taken here.

    Returns:
        The number of rows by table.

    Raises:
        Malformed: not an archive, damaged or cut off.
        Invalid: made by another version of the product.
        Conflict: the organization is here already, or its slug is taken.
    """
    numbered = enumerate(lines, start=1)
    organization_id = _check_header(session, numbered)
    known = {table.name: table for table in layout.tables()}
    counts: dict[str, int] = {}
    later: list[tuple[Table, list[Row]]] = []
    rows = _rows(numbered, known, organization_id)
    try:
        for name, group in groupby(rows, key=lambda found: found[0]):
            if name == _FILE:
                counts["files"] = _store(row for _, row in group)
                continue
            table = known[name]
            counts[name] = counts.get(name, 0)
            for batch in _batches(row for _, row in group):
                if name == "organizations":
                    _place_organization(session, batch, slug)
                later.append((table, _set_aside(table, batch)))
                session.execute(insert(table), batch)
                counts[name] += len(batch)
        for table, held in later:
            _fill_in(session, table, held)
        session.flush()
    except (IntegrityError, DataError) as error:
        reason = str(error.orig).splitlines()[0]
        raise Malformed(f"The archive does not fit together: {reason}") from error
    if not counts.get("organizations"):
        raise Malformed("The archive holds no organization.")
    return counts


def _check_header(session: Session, numbered: Iterator[tuple[int, str]]) -> str:
    number, first = next(numbered, (1, ""))
    header = _parse(number, first)
    if header.get("format") != layout.FORMAT or header.get("version") != layout.VERSION:
        raise Malformed("This is no archive of TicketDesk, or of a version to come.")
    here = migrations.current(session.connection())
    if header.get("revision") != here:
        raise Invalid(
            f"The archive is of revision {header.get('revision')}, this installation of {here}: "
            "export from, or import into, the same version."
        )
    return str(header.get("organizationId"))


def _rows(
    numbered: Iterator[tuple[int, str]], known: dict[str, Table], organization_id: str
) -> Iterator[tuple[str, Row]]:
    for number, text in numbered:
        content = _parse(number, text)
        if "file" in content:
            _require_own(number, content["file"], organization_id)
            yield _FILE, content
            continue
        table = known.get(str(content.get("table")))
        row = content.get("row")
        if table is None or not isinstance(row, dict):
            raise Malformed(f"Line {number} is no row of a table that archives hold.")
        columns = {column.name: column for column in layout.columns(table)}
        unknown = row.keys() - columns.keys()
        if unknown:
            raise Malformed(f"Line {number} has unknown columns: {', '.join(sorted(unknown))}.")
        if row.get(layout.owner_column(table).name) != organization_id:
            raise Malformed(f"Line {number} belongs to another organization.")
        for name in layout.FILE_COLUMNS:
            if row.get(name) and not str(row[name]).startswith(ELSEWHERE):
                _require_own(number, row[name], organization_id)
        yield table.name, {name: _typed(columns[name], value) for name, value in row.items()}


def _require_own(number: int, key: Any, organization_id: str) -> None:
    """An archive may not name, let alone replace, the files of another organization."""
    if not isinstance(key, str) or not key.startswith(f"{organization_id}/") or ".." in key:
        raise Malformed(f"Line {number} names a file of another organization.")


def _store(pieces: Iterable[Row]) -> int:
    """Put the bytes of the files into the storage; what a failed import leaves is swept there."""
    count = 0
    for key, group in groupby(pieces, key=lambda piece: str(piece["file"])):
        storage().put(key, (_bytes(piece.get("bytes")) for piece in group))
        count += 1
    return count


def _bytes(text: Any) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (TypeError, ValueError) as error:
        raise Malformed("Bytes of a file are damaged.") from error


def _parse(number: int, text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except ValueError as error:
        raise Malformed(f"Line {number} is no JSON: the archive is damaged or cut off.") from error
    if not isinstance(content, dict):
        raise Malformed(f"Line {number} is no JSON object.")
    return content


def _typed(column: Any, value: Any) -> Any:
    if value is not None and isinstance(column.type, LargeBinary):
        return _bytes(value)
    if value is None or not isinstance(column.type, DateTime):
        return value
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Malformed(f"{column.table.name}.{column.name} is no time: {value!r}.") from error


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _place_organization(session: Session, batch: list[Row], slug: str | None) -> None:
    for row in batch:
        row["slug"] = slug or row["slug"]
        if session.get(Organization, row["id"]):
            raise Conflict(_HERE.format(name=row["name"], id=row["id"]))
        taken = select(Organization.id).where(col(Organization.slug) == row["slug"])
        if session.execute(taken).first():
            raise Conflict(f"The short name {row['slug']!r} is taken; choose another with --slug.")


def _set_aside(table: Table, batch: list[Row]) -> list[Row]:
    """Take the columns that point into the same table out of the batch, to be filled in last."""
    names = layout.later_columns(table)
    held = []
    for row in batch:
        kept = {name: row[name] for name in names if row.get(name) is not None}
        if kept:
            held.append({"own_id": row["id"], **dict.fromkeys(names), **kept})
            row.update(dict.fromkeys(names))
    return held


def _fill_in(session: Session, table: Table, held: list[Row]) -> None:
    names = layout.later_columns(table)
    if held:
        session.connection().execute(
            update(table)
            .where(table.c.id == bindparam("own_id"))
            .values({name: bindparam(name) for name in names}),
            held,
        )
