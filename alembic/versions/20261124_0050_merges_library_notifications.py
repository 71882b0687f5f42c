"""Merges and splits, the agents' library, followers and notifications."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from ticketdesk.row_security import isolate

revision: str = "20261124_0050"
down_revision: str | None = "20261124_0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "canned_responses",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=True),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("shortcut", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "canned_responses_list_idx",
        "canned_responses",
        ["organization_id", "folder", "title"],
        unique=False,
    )
    op.create_index(
        "canned_responses_shortcut_key",
        "canned_responses",
        ["organization_id", "owner_id", "shortcut"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "macros",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("actions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("macros_list_idx", "macros", ["organization_id", "title"], unique=False)
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("query", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "saved_views_list_idx",
        "saved_views",
        ["organization_id", "position", "title"],
        unique=False,
    )
    op.create_table(
        "notifications",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "notifications_cause_key", "notifications", ["user_id", "activity_id"], unique=True
    )
    op.create_index(
        "notifications_unread_idx",
        "notifications",
        ["user_id"],
        unique=False,
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_index(
        "notifications_user_idx", "notifications", ["user_id", "created_at", "id"], unique=False
    )
    op.create_table(
        "ticket_followers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ticket_followers_key", "ticket_followers", ["ticket_id", "user_id"], unique=True
    )
    op.create_index("ticket_followers_user_idx", "ticket_followers", ["user_id"], unique=False)
    op.create_table(
        "ticket_merges",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("sources", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("target_before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("performed_by_id", sa.Text(), nullable=True),
        sa.Column("performed_by_name", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["performed_by_id"], ["users.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["target_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ticket_merges_target_idx", "ticket_merges", ["target_id", "created_at"], unique=False
    )
    op.create_table(
        "ticket_splits",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("new_ticket_id", sa.Text(), nullable=True),
        sa.Column("response_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("source_before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("performed_by_id", sa.Text(), nullable=True),
        sa.Column("performed_by_name", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["new_ticket_id"], ["tickets.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["performed_by_id"], ["users.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["source_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ticket_splits_source_idx", "ticket_splits", ["source_id", "created_at"], unique=False
    )
    for table in (
        "canned_responses",
        "macros",
        "saved_views",
        "notifications",
        "ticket_followers",
        "ticket_merges",
        "ticket_splits",
    ):
        isolate(table)


def downgrade() -> None:
    op.drop_index("ticket_splits_source_idx", table_name="ticket_splits")
    op.drop_table("ticket_splits")
    op.drop_index("ticket_merges_target_idx", table_name="ticket_merges")
    op.drop_table("ticket_merges")
    op.drop_index("ticket_followers_user_idx", table_name="ticket_followers")
    op.drop_index("ticket_followers_key", table_name="ticket_followers")
    op.drop_table("ticket_followers")
    op.drop_index("notifications_user_idx", table_name="notifications")
    op.drop_index(
        "notifications_unread_idx",
        table_name="notifications",
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.drop_index("notifications_cause_key", table_name="notifications")
    op.drop_table("notifications")
    op.drop_index("saved_views_list_idx", table_name="saved_views")
    op.drop_table("saved_views")
    op.drop_index("macros_list_idx", table_name="macros")
    op.drop_table("macros")
    op.drop_index("canned_responses_shortcut_key", table_name="canned_responses")
    op.drop_index("canned_responses_list_idx", table_name="canned_responses")
    op.drop_table("canned_responses")
