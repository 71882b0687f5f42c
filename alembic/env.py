"""Runs the migrations as the database's owner, one transaction each, with short lock waits."""

import sqlalchemy as sa
from sqlalchemy import create_engine, pool, text
from sqlmodel import AutoString, SQLModel

import ticketdesk.models  # noqa: F401  (registers the tables)
from alembic import context
from ticketdesk.db import owner_url


def differs(context, column, model_column, database_type, model_type) -> bool | None:
    """Treat VARCHAR without a length as TEXT, which it is; leave the rest to alembic."""
    words = (sa.String, AutoString)
    same = isinstance(database_type, words) and isinstance(model_type, words)
    return False if same else None


def run() -> None:
    """Upgrade or downgrade over one connection."""
    engine = create_engine(owner_url(), poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.execute(text("SET lock_timeout = '5s'"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            transaction_per_migration=True,
            compare_type=differs,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
