"""Brings a database to the newest schema: roles, then alembic's revisions, then the rights."""

from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, pool, text
from sqlalchemy.exc import ProgrammingError

from alembic import command
from ticketdesk import db
from ticketdesk.errors import Unavailable

_ROOT = Path(__file__).resolve().parent.parent
_LOCK = 7_233_105_120


def _config() -> Config:
    return Config(str(_ROOT / "alembic.ini"))


def head() -> str | None:
    """Return the newest revision this code knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def current(connection: Connection) -> str | None:
    """Return the revision the database is at."""
    return MigrationContext.configure(connection).get_current_revision()


def migrate() -> str | None:
    """Create the roles, run what is missing, renew the rights; return the revision reached.

    Safe to run from several machines at once: an advisory lock lets one do it and the others wait.

    Raises:
        Unavailable: the owner may not create roles and they do not exist yet.
    """
    engine = create_engine(db.owner_url(), poolclass=pool.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        try:
            provision_roles(connection)
            command.upgrade(_config(), "head")
            grant(connection)
            return current(connection)
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})


def provision_roles(connection: Connection) -> None:
    """Create the two login roles, or renew their passwords after a change of the secret key."""
    for role in (db.APP_ROLE, db.SYSTEM_ROLE):
        known = connection.execute(
            text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}
        ).scalar()
        verb = "ALTER" if known else "CREATE"
        try:
            connection.execute(
                text(f"{verb} ROLE {role} LOGIN PASSWORD '{db.role_password(role)}'")
            )
        except ProgrammingError as error:
            raise Unavailable(
                f"DATABASE_URL: its user may not {verb.lower()} the role {role};"
                " give it CREATEROLE (docs/guides/operations.md)."
            ) from error


def grant(connection: Connection) -> None:
    """Give both roles the rights on every table; which rows they see is up to the policies."""
    for role in (db.APP_ROLE, db.SYSTEM_ROLE):
        connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {role}"))
        connection.execute(
            text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        )
        connection.execute(text(f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}"))
