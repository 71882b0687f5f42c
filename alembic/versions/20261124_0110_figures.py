"""Indexes for the dashboard's figures: resolved tickets, missed targets, chats by day."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "20261124_0110"
down_revision: str | None = "20261124_0090"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index(
        "tickets_resolved_idx",
        "tickets",
        ["organization_id", "resolved_at"],
        postgresql_where=sa.text("resolved_at IS NOT NULL"),
    )
    op.create_index(
        "ticket_activities_breaches_idx",
        "ticket_activities",
        ["organization_id", "ticket_id"],
        postgresql_where=sa.text("activity_type = 'SLA_BREACHED'"),
    )
    op.create_index("chats_created_idx", "chats", ["organization_id", "created_at"])


def downgrade() -> None:
    op.drop_index("chats_created_idx", table_name="chats")
    op.drop_index("ticket_activities_breaches_idx", table_name="ticket_activities")
    op.drop_index("tickets_resolved_idx", table_name="tickets")
