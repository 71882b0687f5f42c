"""Keyset pages: a cursor names the last row seen, so depth costs nothing."""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import tuple_
from sqlmodel import Session, col

from ticketdesk.errors import Malformed

T = TypeVar("T")
U = TypeVar("U")

LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items and where to go on; `next_cursor` is None at the end."""

    items: list[T]
    next_cursor: str | None

    def map(self, view: Callable[[T], U]) -> "Page[U]":
        """Return the same page of other things."""
        return Page([view(item) for item in self.items], self.next_cursor)


def encode_cursor(*values: Any) -> str:
    """Return an opaque cursor for JSON values and datetimes."""
    plain = [v.isoformat() if isinstance(v, datetime) else v for v in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, length: int) -> list[Any]:
    """Return the values of a cursor.

    Raises:
        Malformed: it is not one of ours.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
    except (ValueError, binascii.Error) as error:
        raise Malformed("This cursor is not one of ours; start from the first page.") from error
    if not isinstance(values, list) or len(values) != length or not all(map(_storable, values)):
        raise Malformed("This cursor is not one of ours; start from the first page.")
    return values


def _storable(value: Any) -> bool:
    """Whether the database can be asked for a value at all: no NUL, no half of a character."""
    if not isinstance(value, str):
        return not isinstance(value, list | dict)
    return "\x00" not in value and not any("\ud800" <= c <= "\udfff" for c in value)


def moment(value: Any) -> datetime:
    """Return the datetime inside a cursor."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Malformed("This cursor is not one of ours; start from the first page.") from error
    if found.tzinfo is None:
        raise Malformed("This cursor is not one of ours; start from the first page.")
    return found


def after_cursor(query: Any, model: Any, cursor: str | None) -> Any:
    """Limit a query to what comes after the cursor in order of creation."""
    if not cursor:
        return query
    created_at, row_id = decode_cursor(cursor, 2)
    return query.where(
        tuple_(col(model.created_at), col(model.id)) > tuple_(moment(created_at), str(row_id))
    )


def page_of(session: Session, query: Any, model: Any, limit: int) -> Page[Any]:
    """Run a query in order of creation and return one page of it."""
    size = max(1, min(limit, LARGEST_PAGE))
    rows = session.exec(query.order_by(col(model.created_at), col(model.id)).limit(size + 1)).all()
    more = len(rows) > size
    rows = list(rows[:size])
    return Page(rows, encode_cursor(rows[-1].created_at, rows[-1].id) if more else None)
