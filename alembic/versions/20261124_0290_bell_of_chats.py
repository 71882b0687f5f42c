"""The bell tells of chats, too; a chat finds the tickets that are linked to it."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "20261124_0290"
down_revision: str | None = "20261124_0260"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("notifications", sa.Column("chat_id", sa.Text(), nullable=True))
    op.alter_column("notifications", "ticket_id", existing_type=sa.Text(), nullable=True)
    op.create_foreign_key(
        "notifications_chat_id_fkey",
        "notifications",
        "chats",
        ["chat_id"],
        ["id"],
        ondelete="CASCADE",
    )
    op.create_index(
        "notifications_chat_idx",
        "notifications",
        ["chat_id"],
        postgresql_where=sa.text("chat_id IS NOT NULL"),
    )
    op.create_index(
        "tickets_linked_chats_idx",
        "tickets",
        ["organization_id"],
        postgresql_where=sa.text("linked_chat_ids <> '{}'"),
    )


def downgrade() -> None:
    op.drop_index("tickets_linked_chats_idx", table_name="tickets")
    op.drop_index("notifications_chat_idx", table_name="notifications")
    op.execute("DELETE FROM notifications WHERE chat_id IS NOT NULL")
    op.drop_constraint("notifications_chat_id_fkey", "notifications")
    op.alter_column("notifications", "ticket_id", existing_type=sa.Text(), nullable=False)
    op.drop_column("notifications", "chat_id")
