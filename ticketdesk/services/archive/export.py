"""Out: one line per row, read by a cursor, so that memory does not grow with the organization."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ticketdesk import clock, migrations
from ticketdesk.services.archive import layout

_AT_ONCE = 500


def lines(session: Session, organization_id: str) -> Iterator[str]:
    """Yield the archive line by line: a header first, then every row.

    Args:
        session: of the system role, in a transaction of its own: the rows are one moment's, however
            long the reading takes.
    """
    session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    yield _line(
        {
            "format": layout.FORMAT,
            "version": layout.VERSION,
            "revision": migrations.current(session.connection()),
            "organizationId": organization_id,
            "exportedAt": clock.now(),
        }
    )
    for table in layout.tables():
        columns = layout.columns(table)
        chosen = (
            select(*columns)
            .where(layout.owner_column(table) == organization_id)
            .order_by(*table.primary_key.columns)
            .execution_options(yield_per=_AT_ONCE)
        )
        names = [column.name for column in columns]
        for row in session.execute(chosen):
            yield _line({"table": table.name, "row": dict(zip(names, row, strict=True))})


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_plain) + "\n"


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case _:
            raise TypeError(f"an archive has no form for {type(value).__name__}")
