"""Erasures of persons; deleting a ticket looks up what points to it by an index."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from ticketdesk.row_security import isolate

revision: str = "20261124_0270"
down_revision: str | None = "20261124_0240"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Each column refers to tickets or responses: without an index every deletion reads the whole table.
_POINTERS = {
    "ticket_reads_ticket_idx": ("ticket_reads", "ticket_id", False),
    "notifications_ticket_idx": ("notifications", "ticket_id", False),
    "tickets_merged_idx": ("tickets", "merged_into_id", True),
    "ticket_activities_response_idx": ("ticket_activities", "response_id", True),
    "ticket_splits_new_idx": ("ticket_splits", "new_ticket_id", True),
}


def upgrade() -> None:
    op.create_table(
        "person_erasures",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("sealed_email", sa.Text(), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("requested_by_id", sa.Text(), nullable=True),
        sa.Column("requested_by_name", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["requested_by_id"], ["users.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "person_erasures_created_idx", "person_erasures", ["organization_id", "created_at", "id"]
    )
    isolate("person_erasures")
    op.create_index(
        "tickets_closed_idx",
        "tickets",
        ["organization_id", "closed_at"],
        postgresql_where=sa.text("closed_at IS NOT NULL"),
    )
    for name, (table, column, is_sparse) in _POINTERS.items():
        where = sa.text(f"{column} IS NOT NULL") if is_sparse else None
        op.create_index(name, table, [column], postgresql_where=where)


def downgrade() -> None:
    for name, (table, _, _) in _POINTERS.items():
        op.drop_index(name, table_name=table)
    op.drop_index("tickets_closed_idx", table_name="tickets")
    op.drop_table("person_erasures")
