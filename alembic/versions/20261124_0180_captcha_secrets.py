"""The secret key of an organization at a hosted captcha, sealed."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op
from ticketdesk.row_security import isolate

revision: str = "20261124_0180"
down_revision: str | None = "20261124_0170"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "captcha_secrets",
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("organization_id"),
    )
    isolate("captcha_secrets")


def downgrade() -> None:
    op.drop_table("captcha_secrets")
