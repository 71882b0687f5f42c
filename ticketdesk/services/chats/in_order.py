"""Reading the messages of a chat in the order of their index."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlmodel import Session

_SORT = text("SELECT set_config('enable_sort', :wanted, true)")


@contextmanager
def by_index(session: Session) -> Iterator[None]:
    """Let the queries inside read an index from its end instead of sorting.

    Row security makes PostgreSQL expect a single row of a chat, and one row is sorted for nothing:
    so it would read all messages of a long chat to show the newest fifty. An error inside ends the
    transaction, and with it this.
    """
    session.execute(_SORT, {"wanted": "off"})
    yield
    session.execute(_SORT, {"wanted": "on"})
