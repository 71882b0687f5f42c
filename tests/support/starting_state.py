"""A running desk's data put aside and brought back, so that no file of tests depends on another."""

from pathlib import Path

import psycopg
import redis

from tests.support.desk import Desk
from tests.support.rows import read_rows, write_rows

_TABLES = """
    SELECT c.relname FROM pg_class c
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      AND c.relname <> 'alembic_version' ORDER BY 1
"""
_SEQUENCES = """
    SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences
    WHERE schemaname = 'public'
"""
_TRIES = 10


class StartingState:
    """What a desk holds at this moment: its rows, its sequences and the mails it wrote.

    Args:
        desk: a desk that runs.
    """

    def __init__(self, desk: Desk) -> None:
        self._database_url, self._redis_url = desk.addresses()
        self._mails = desk.folder / "mail"
        self._written = self._mails_now()
        with psycopg.connect(self._database_url) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            tables = [row[0] for row in connection.execute(_TABLES)]
            self._rows = {table: read_rows(connection, table) for table in tables}
            self._sequences = dict(connection.execute(_SEQUENCES).fetchall())

    def bring_back(self) -> None:
        """Make everything as it was; the desk runs on, and no page of it may be open."""
        for attempt in range(_TRIES):
            try:
                self._bring_rows_back()
                break
            except psycopg.errors.DeadlockDetected:
                # A job of the desk was in the middle of its work.
                if attempt == _TRIES - 1:
                    raise
        for mail in self._mails_now() - self._written:
            mail.unlink(missing_ok=True)
        with redis.Redis.from_url(self._redis_url) as client:
            kept = [key for key in client.scan_iter() if not key.startswith(b"rq:")]
            if kept:
                client.delete(*kept)

    def _mails_now(self) -> set[Path]:
        return set(self._mails.glob("*.eml"))

    def _bring_rows_back(self) -> None:
        with psycopg.connect(self._database_url) as connection:
            # Rows come in any order, and what a trigger once wrote is among them.
            connection.execute("SET session_replication_role = replica")
            connection.execute("TRUNCATE " + ", ".join(self._rows) + " CASCADE")
            for table, rows in self._rows.items():
                write_rows(connection, table, rows)
            for sequence, last in self._sequences.items():
                if last is not None:
                    connection.execute("SELECT setval(%s, %s)", (sequence, last))
