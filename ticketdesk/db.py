"""Engines, transactions and the tenant scope.

Two roles reach the database, and neither owns a table. `ticketdesk_app` sees only rows of the
organization that its transaction names; row-level security enforces it, so a forgotten filter
leaks nothing. `ticketdesk_system` sees every organization and is for sign-in look-ups and sweeps.
"""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.orm import Session
from sqlmodel import Session as SqlModelSession

from ticketdesk.settings import settings

APP_ROLE = "ticketdesk_app"
SYSTEM_ROLE = "ticketdesk_system"
TENANT_SETTING = "ticketdesk.organization_id"
REHEARSAL = "rehearsal"
"""In the `info` of a session whose transaction will be rolled back whatever comes."""

# A plan is made for the values at hand: one made for any values takes the wrong index for the rare
# ones, and costs a hundred times what planning anew does.
_OPTIONS = (
    "-c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000"
    " -c plan_cache_mode=force_custom_plan"
)


def owner_url() -> URL:
    """Return the address with the owner's credentials: for migrations only."""
    address = settings().database_url
    if not address:
        raise RuntimeError("DATABASE_URL is not set and the embedded database is not running")
    return make_url(address).set(drivername="postgresql+psycopg")


def role_password(role: str) -> str:
    """Return the password of a role, derived from the secret key so that no file has to keep it."""
    return hmac.new(
        settings().secret_key, f"postgresql:{role}".encode(), hashlib.sha256
    ).hexdigest()


def role_url(role: str) -> URL:
    """Return the address at which a role signs in."""
    return owner_url().set(username=role, password=role_password(role))


@lru_cache(maxsize=4)
def engine(role: str) -> Engine:
    """Return the process's pool for a role."""
    return create_engine(
        role_url(role),
        pool_size=10 if role == APP_ROLE else 4,
        max_overflow=6 if role == APP_ROLE else 4,
        pool_timeout=10,
        pool_pre_ping=True,
        pool_recycle=1800,
        connect_args={"connect_timeout": 5, "options": _OPTIONS},
    )


def dispose() -> None:
    """Close every pool; for a process that forks and for tests that change the database."""
    for role in (APP_ROLE, SYSTEM_ROLE):
        engine(role).dispose()
    engine.cache_clear()


def set_tenant(session: Session, organization_id: str) -> None:
    """Bind the running transaction to one organization."""
    session.execute(
        text("SELECT set_config(:name, :value, true)"),
        {"name": TENANT_SETTING, "value": organization_id},
    )


@contextmanager
def tenant_session(organization_id: str) -> Iterator[SqlModelSession]:
    """Open a transaction that sees one organization only; the caller commits."""
    with SqlModelSession(engine(APP_ROLE), expire_on_commit=False) as session:
        set_tenant(session, organization_id)
        yield session


@contextmanager
def system_session() -> Iterator[SqlModelSession]:
    """Open a transaction across all organizations; the caller commits."""
    with SqlModelSession(engine(SYSTEM_ROLE), expire_on_commit=False) as session:
        yield session
