"""Rules, their runs, whose turn it is, and since when a ticket stands where it stands."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from ticketdesk.row_security import isolate

revision: str = "20261124_0130"
down_revision: str | None = "20261124_0120"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("status_changed_at", sa.DateTime(timezone=True)))
    op.execute(
        "UPDATE tickets SET status_changed_at ="
        " coalesce(closed_at, resolved_at, updated_at) WHERE status_changed_at IS NULL"
    )
    op.alter_column("tickets", "status_changed_at", nullable=False)
    op.create_index(
        "tickets_status_changed_idx", "tickets", ["organization_id", "status_changed_at", "id"]
    )
    op.create_index(
        "tickets_last_message_idx", "tickets", ["organization_id", "last_message_at", "id"]
    )
    op.create_table(
        "rules",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("definition", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("is_scheduled", sa.Boolean(), nullable=False),
        sa.Column("seen_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_id", sa.Text(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("rules_order_idx", "rules", ["organization_id", "position", "id"])
    op.create_table(
        "assignment_turns",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("agents", sa.Text(), nullable=False),
        sa.Column("last_user_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "assignment_turns_key", "assignment_turns", ["organization_id", "agents"], unique=True
    )
    op.create_table(
        "rule_runs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["rule_id"], ["rules.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("rule_runs_rule_idx", "rule_runs", ["rule_id", "created_at", "id"])
    op.create_index("rule_runs_ticket_idx", "rule_runs", ["ticket_id"])
    op.create_index("rule_runs_created_idx", "rule_runs", ["created_at"])
    for table in ("rules", "assignment_turns", "rule_runs"):
        isolate(table)


def downgrade() -> None:
    for table in ("rule_runs", "assignment_turns", "rules"):
        op.drop_table(table)
    op.drop_index("tickets_last_message_idx", table_name="tickets")
    op.drop_index("tickets_status_changed_idx", table_name="tickets")
    op.drop_column("tickets", "status_changed_at")
