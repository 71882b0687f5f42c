"""What the tables have in common."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Enum, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from ticketdesk import clock

TIME: Any = DateTime(timezone=True)
JSON: Any = JSONB
WORDS: Any = ARRAY(Text)


def one_of(kind: type[StrEnum]) -> Any:
    """Return the column type of an enumeration: its values as plain text.

    Plain text rather than a PostgreSQL enum, so that a new value needs no lock on the table.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


class Row(SQLModel):
    """A table with a prefixed identifier and the moment it was written."""

    id: str = Field(primary_key=True)
    created_at: datetime = Field(default_factory=clock.now, sa_type=TIME)


class TenantRow(Row):
    """A row of one organization; row-level security hides it from every other."""

    organization_id: str = Field(foreign_key="organizations.id", ondelete="CASCADE")
