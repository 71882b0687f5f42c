"""Lets a start skip the migration of the embedded database when nothing about it changed.

The stamp lies beside the cluster and counts only while the database itself names the same
revision; an external database is always asked by the migration itself.
"""

import hashlib
from pathlib import Path

import psycopg

from ticketdesk.settings import Settings

_ROOT = Path(__file__).parents[2]
_SOURCES = ("ticketdesk/migrations.py", "ticketdesk/row_security.py", "ticketdesk/db.py")


class SchemaStamp:
    """What was migrated last on this data dir."""

    def __init__(self, chosen: Settings) -> None:
        self._path = chosen.data_dir / "postgres.migrated"
        self._url = chosen.database_url or ""
        self._usable = chosen.embedded_database
        self._secret = chosen.secret_key

    def holds(self) -> bool:
        """Whether the database is as the last migration left it, and the code, too."""
        if not self._usable or not self._path.exists():
            return False
        return self._path.read_text(encoding="utf-8") == self._state()

    def renew(self) -> None:
        """Record that the migration has just run."""
        if self._usable:
            self._path.write_text(self._state(), encoding="utf-8")

    def _state(self) -> str:
        digest = hashlib.sha256(self._secret)
        versions = sorted((_ROOT / "alembic" / "versions").glob("*.py"))
        for path in (*(_ROOT / name for name in _SOURCES), *versions):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
        return f"{_revision(self._url)} {digest.hexdigest()}"


def _revision(url: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        known = connection.execute("SELECT to_regclass('public.alembic_version')").fetchone()
        if known is None or known[0] is None:
            return "none"
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        return ",".join(sorted(str(row[0]) for row in rows))


def has_demo(url: str) -> bool:
    """Whether the demo is in a migrated database: its seed is one transaction, so all or none."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM organizations WHERE slug = 'acme'").fetchone()
        return found is not None
