"""The orders of a ticket list and their keyset cursors."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import tuple_

from ticketdesk.errors import Malformed
from ticketdesk.models import Ticket
from ticketdesk.services.paging import decode_cursor, encode_cursor, moment


@dataclass(frozen=True, slots=True)
class Order:
    """An order: columns that together name one place in the list, all in one direction.

    `in_two_parts` marks a first column that may be null: those rows come last, as a second part.
    """

    names: tuple[str, ...]
    descending: bool
    in_two_parts: bool = False

    def columns(self, tickets: Any = Ticket) -> list[Any]:
        """Return the columns of this order, of the table or of anything that has them."""
        return [getattr(tickets, name) for name in self.names]

    def by(self, tickets: Any = Ticket) -> list[Any]:
        """Return what ORDER BY takes."""
        return [c.desc() if self.descending else c.asc() for c in self.columns(tickets)]

    def after(self, values: list[Any], tickets: Any = Ticket) -> Any:
        """Return the condition for rows behind the given place."""
        row, place = tuple_(*self.columns(tickets)), tuple_(*values)
        return row < place if self.descending else row > place

    def reversed(self) -> "Order":
        """Return the same order from its other end."""
        return replace(self, descending=not self.descending)

    def cursor(self, ticket: Any) -> str:
        """Return the cursor that names a ticket's place."""
        return encode_cursor(self.key, *(getattr(ticket, name) for name in self.names))

    @property
    def key(self) -> str:
        """The name of this order inside a cursor."""
        return ("-" if self.descending else "") + self.names[0]

    def place(self, cursor: str) -> list[Any]:
        """Return the place a cursor names.

        Raises:
            Malformed: not ours, or of another order.
        """
        key, *values = decode_cursor(cursor, len(self.names) + 1)
        if key != self.key:
            raise Malformed("This cursor belongs to another order; start from the first page.")
        return [self._typed(name, value) for name, value in zip(self.names, values, strict=True)]

    def _typed(self, name: str, value: Any) -> Any:
        if name.endswith("_at"):
            return None if value is None else moment(value)
        expected = int if name.endswith("_rank") else str
        if not isinstance(value, expected) or isinstance(value, datetime):
            raise Malformed("This cursor belongs to another order; start from the first page.")
        return value


_NAMES = {
    "createdAt": ("created_at", "id"),
    "updatedAt": ("updated_at", "id"),
    "priority": ("priority_rank", "created_at", "id"),
    "status": ("status_rank", "created_at", "id"),
    "sla": ("sla_due_at", "id"),
}


def order_of(sort: str) -> Order:
    """Return the order of the API's `sort` value."""
    key = sort.removeprefix("-")
    return Order(_NAMES[key], sort.startswith("-"), in_two_parts=key == "sla")
