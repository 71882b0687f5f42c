"""The migrations lead to one schema, the models', and every tenant table in it is isolated."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import String, create_engine, inspect, text
from sqlmodel import AutoString, SQLModel

from ticketdesk import migrations

_WORDS = (String, AutoString)


@pytest.fixture
def connection(database):
    """The owner's connection to a migrated database."""
    engine = create_engine(database.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def _same_words(_context, _column, _model_column, database_type, model_type):
    both = isinstance(database_type, _WORDS) and isinstance(model_type, _WORDS)
    return False if both else None


def test_there_is_one_head():
    assert len(ScriptDirectory.from_config(migrations._config()).get_heads()) == 1


def test_the_migrated_schema_is_the_models(connection):
    context = MigrationContext.configure(connection, opts={"compare_type": _same_words})
    assert compare_metadata(context, SQLModel.metadata) == []


def test_every_table_with_an_organization_is_under_row_level_security(connection):
    rows = connection.execute(
        text("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
    )
    isolated = {row[0] for row in rows}
    inspector = inspect(connection)
    tenants = {
        table
        for table in inspector.get_table_names()
        if any(c["name"] == "organization_id" for c in inspector.get_columns(table))
    }
    assert tenants <= isolated
    assert "organizations" in isolated
