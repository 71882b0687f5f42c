"""Mail by time for the mail log; surveys and their answers; daily summaries, each once."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op
from ticketdesk.row_security import isolate

revision: str = "20261124_0250"
down_revision: str | None = "20261124_0270"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index(
        "mail_deliveries_created_idx", "mail_deliveries", ["organization_id", "created_at", "id"]
    )
    op.add_column(
        "mail_addresses", sa.Column("no_surveys_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_table(
        "surveys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("rating", sa.String(length=32), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("surveys_ticket_key", "surveys", ["ticket_id"], unique=True)
    op.create_index("surveys_rated_idx", "surveys", ["organization_id", "rated_at"])
    op.create_table(
        "mail_digests",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("mail_digests_key", "mail_digests", ["user_id", "day"], unique=True)
    for table in ("surveys", "mail_digests"):
        isolate(table)


def downgrade() -> None:
    op.drop_table("mail_digests")
    op.drop_table("surveys")
    op.drop_column("mail_addresses", "no_surveys_at")
    op.drop_index("mail_deliveries_created_idx", table_name="mail_deliveries")
