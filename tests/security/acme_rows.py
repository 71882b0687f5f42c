"""What acme has in the database of a running desk: to notice a change, and to know its secrets."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from tests.support.desk import Desk

_TABLES = """
    SELECT table_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'organization_id' ORDER BY 1
"""
# Whoever calls has a session, and each call is seen there.
_PASSING = ["last_seen_at", "last_used_at"]
_WORDS = """
    SELECT subject FROM tickets WHERE organization_id = %(organization)s
    UNION SELECT requester_email FROM tickets WHERE organization_id = %(organization)s
    UNION SELECT requester_name FROM tickets WHERE organization_id = %(organization)s
    UNION SELECT title FROM chats WHERE organization_id = %(organization)s
    UNION SELECT name FROM users WHERE organization_id = %(organization)s
    UNION SELECT email FROM users WHERE organization_id = %(organization)s
"""


class Rows:
    """One organization's rows, read as the owner of the database.

    Args:
        connection: the owner's.
        slug: which organization.
    """

    def __init__(self, connection: psycopg.Connection, slug: str) -> None:
        self._connection = connection
        self._tables = [str(row[0]) for row in connection.execute(_TABLES)]
        found = connection.execute("SELECT id FROM organizations WHERE slug = %s", [slug])
        self.id = str(found.fetchone()[0])

    def digests(self, but_of: str = "") -> dict[str, str]:
        """Return a digest of each table's rows.

        Args:
            but_of: leave out what belongs to this user alone.
        """
        return {table: self._digest(table, but_of) for table in ("organizations", *self._tables)}

    def _digest(self, table: str, but_of: str) -> str:
        key = "id" if table == "organizations" else "organization_id"
        query = sql.SQL(
            "SELECT md5(coalesce(string_agg(row, ' ' ORDER BY row), '')) FROM ("
            "SELECT (to_jsonb(t) - %s::text[])::text AS row FROM {table} t WHERE {key} = %s"
            " AND coalesce(to_jsonb(t) ->> 'user_id', '-') <> %s) rows"
        ).format(table=sql.Identifier(table), key=sql.Identifier(key))
        return str(self._connection.execute(query, [_PASSING, self.id, but_of]).fetchone()[0])

    def some_ids(self) -> dict[str, str]:
        """Return one identifier of each table that has any, and the organization's own."""
        found = {table: self._ids(table, limit=1) for table in self._tables}
        return {"organizations": self.id} | {table: ids[0] for table, ids in found.items() if ids}

    def secrets(self, but_of: str = "") -> set[str]:
        """Return what strangers must not learn: identifiers, subjects, names, addresses.

        Args:
            but_of: leave out what belongs to this user alone.
        """
        ids = {known for table in self._tables for known in self._ids(table, but_of)} - {but_of}
        words = self._connection.execute(_WORDS, {"organization": self.id})
        return ids | {str(row[0]) for row in words if row[0] and len(row[0]) > 5}

    def user_id(self, email: str) -> str:
        """Return a member's identifier."""
        found = self._connection.execute(
            "SELECT id FROM users WHERE organization_id = %s AND email = %s", [self.id, email]
        ).fetchone()
        return str(found[0]) if found else ""

    def _ids(self, table: str, but_of: str = "", limit: int | None = None) -> list[str]:
        query = sql.SQL(
            "SELECT to_jsonb(t) ->> 'id' FROM {table} t"
            " WHERE organization_id = %s AND to_jsonb(t) ? 'id'"
            " AND coalesce(to_jsonb(t) ->> 'user_id', '-') <> %s ORDER BY 1 LIMIT %s"
        ).format(table=sql.Identifier(table))
        return [str(row[0]) for row in self._connection.execute(query, [self.id, but_of, limit])]


@contextmanager
def nobody_else_works(desk: Desk) -> Iterator[None]:
    """Hold worker and scheduler: what changes meanwhile, a caller changed."""
    others = [pid for name, pid in desk.children().items() if name.startswith(("worker", "cron"))]
    for pid in others:
        os.killpg(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in others:
            os.killpg(pid, signal.SIGCONT)
