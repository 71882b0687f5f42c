"""Out: one line per row, read by a cursor, so that memory does not grow with the organization."""

import base64
import json
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import LargeBinary, select
from sqlmodel import Session, col

from ticketdesk import clock, migrations
from ticketdesk.adapters.storage import ELSEWHERE, storage
from ticketdesk.adapters.storage.failures import NotStored
from ticketdesk.models import TicketAttachment
from ticketdesk.services.archive import layout

_AT_ONCE, _HEAVY_AT_ONCE = 500, 4


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
        heavy = any(isinstance(column.type, LargeBinary) for column in columns)
        chosen = (
            select(*columns)
            .where(layout.owner_column(table) == organization_id)
            .order_by(*table.primary_key.columns)
            .execution_options(yield_per=_HEAVY_AT_ONCE if heavy else _AT_ONCE)
        )
        names = [column.name for column in columns]
        for row in session.execute(chosen):
            yield _line({"table": table.name, "row": dict(zip(names, row, strict=True))})
    yield from _files(session, organization_id)


def _files(session: Session, organization_id: str) -> Iterator[str]:
    """The bytes of the attachments, in pieces; those in an archive bucket stay in it."""
    seen: set[str] = set()
    attachments = select(TicketAttachment).where(
        col(TicketAttachment.organization_id) == organization_id
    )
    for file in session.execute(attachments.execution_options(yield_per=_AT_ONCE)).scalars():
        for name in layout.FILE_COLUMNS:
            key = getattr(file, name)
            if not key or key in seen or key.startswith(ELSEWHERE):
                continue
            seen.add(key)
            try:
                pieces = storage().read(key)
            except NotStored:
                # Expired or refused files keep their row and have no bytes any more.
                continue
            for piece in pieces:
                yield _line({"file": key, "bytes": base64.b64encode(piece).decode()})


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_plain) + "\n"


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
        case _:
            raise TypeError(f"an archive has no form for {type(value).__name__}")
