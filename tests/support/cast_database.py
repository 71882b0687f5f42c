"""One database with the cast for all tests of a worker that commit, made new before each."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from tests.support import databases
from tests.support.rows import read_rows, write_rows

_FILLED = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
      AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0 ORDER BY 1
"""
_BUSY = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND backend_type = 'client backend' AND state <> 'idle'
"""


@contextmanager
def opened(name: str) -> Iterator["CastDatabase"]:
    """A copy of the template, gone afterwards."""
    with (
        databases.copy_of_template(name) as url,
        psycopg.connect(url, autocommit=True) as connection,
    ):
        yield CastDatabase(url, connection)


class CastDatabase:
    """The copy and the owner's connection to it.

    For tests that change rows: who changes the schema takes a copy of the template.
    """

    def __init__(self, url: str, connection: psycopg.Connection) -> None:
        self.url = url
        self._connection = connection
        connection.execute("SET session_replication_role = replica")
        self._cast = {table: read_rows(connection, table) for table in self._filled()}

    def renew(self) -> None:
        """Make it what the template is: the cast and nothing else."""
        self._connection.execute(_BUSY)
        filled = [sql.Identifier(table) for table in self._filled()]
        deletes = [sql.SQL("DELETE FROM {}").format(table) for table in filled]
        self._connection.execute(sql.SQL("; ").join(deletes))
        # Where rows were, others would come to lie in any order.
        self._connection.execute(sql.SQL("VACUUM {}").format(sql.SQL(", ").join(filled)))
        for table, rows in self._cast.items():
            write_rows(self._connection, table, rows)

    def _filled(self) -> list[str]:
        return [str(name) for (name,) in self._connection.execute(_FILLED)]
