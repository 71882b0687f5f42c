"""Deleted tickets are kept for a while, so that deleting can be taken back."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from ticketdesk.row_security import isolate

revision: str = "20261124_0340"
down_revision: str | None = "20261124_0320"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "deleted_tickets",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("ticket_number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("requester_name", sa.Text(), nullable=False),
        sa.Column("deleted_by_name", sa.Text(), nullable=False),
        sa.Column("rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("pointers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("storage_keys", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "deleted_tickets_created_idx", "deleted_tickets", ["organization_id", "created_at", "id"]
    )
    op.create_index("deleted_tickets_age_idx", "deleted_tickets", ["created_at"])
    op.create_index(
        "deleted_tickets_keys_idx", "deleted_tickets", ["storage_keys"], postgresql_using="gin"
    )
    isolate("deleted_tickets")


def downgrade() -> None:
    op.drop_table("deleted_tickets")
