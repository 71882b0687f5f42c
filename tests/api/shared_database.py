"""One database for all API tests of a worker, emptied between them."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.support import databases

_KEPT = {"users", "ticket_counters"}
_TENANT_TABLES = """
    SELECT c.table_name FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'organization_id'
      AND t.table_type = 'BASE TABLE'
"""


@contextmanager
def opened(name: str) -> Iterator["SharedDatabase"]:
    """A copy of the template that this process uses meanwhile."""
    with (
        databases.copy_of_template(name) as url,
        databases.pointed_at(url),
        psycopg.connect(url, autocommit=True) as connection,
    ):
        yield SharedDatabase(url, connection)


class SharedDatabase:
    """The copy and the owner's connection to it."""

    def __init__(self, url: str, connection: psycopg.Connection) -> None:
        self.url = url
        self._connection = connection
        tables = {name for (name,) in connection.execute(_TENANT_TABLES)} - _KEPT
        members = [who for (who,) in connection.execute("SELECT id FROM users")]
        quoted = ", ".join(f"'{member}'" for member in members)
        self._emptying = "; ".join(
            [
                *(f'DELETE FROM "{table}"' for table in sorted(tables)),
                f"DELETE FROM users WHERE id NOT IN ({quoted})",
                "UPDATE users SET is_active = true WHERE NOT is_active",
                "UPDATE ticket_counters SET next_number = 1001 WHERE next_number <> 1001",
                "UPDATE organizations SET settings = '{}', version = 1 WHERE version <> 1",
            ]
        )

    def empty(self) -> None:
        """Forget everything but the cast."""
        self._connection.execute(self._emptying)
