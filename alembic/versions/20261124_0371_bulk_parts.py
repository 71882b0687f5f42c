"""A bulk action on any number of tickets has several rows."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "20261124_0371"
down_revision: str | None = "20261124_0370"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("bulk_actions", sa.Column("part_of", sa.Text(), nullable=True))
    op.create_foreign_key(
        "bulk_actions_part_of_fkey",
        "bulk_actions",
        "bulk_actions",
        ["part_of"],
        ["id"],
        ondelete="CASCADE",
    )
    op.create_index("bulk_actions_part_idx", "bulk_actions", ["part_of"])


def downgrade() -> None:
    op.drop_column("bulk_actions", "part_of")
