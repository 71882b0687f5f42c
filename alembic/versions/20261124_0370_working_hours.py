"""The hours in which an agent takes tickets that are assigned automatically."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "20261124_0370"
down_revision: str | None = "20261124_0350"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    hours = sa.Column("working_hours", postgresql.JSONB(), nullable=False, server_default="{}")
    op.add_column("users", hours)


def downgrade() -> None:
    op.drop_column("users", "working_hours")
