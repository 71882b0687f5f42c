"""Logos that organizations upload."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op
from ticketdesk.row_security import isolate

revision: str = "20261124_0241"
down_revision: str | None = "20261124_0250"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "brand_logos",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "brand_logos_organization_idx", "brand_logos", ["organization_id", "created_at"]
    )
    isolate("brand_logos")


def downgrade() -> None:
    op.drop_table("brand_logos")
