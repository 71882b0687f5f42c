"""Service levels: policies, what they told, and a ticket's pauses."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from ticketdesk.row_security import isolate

revision: str = "20261124_0090"
down_revision: str | None = "20261124_0080"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("next_response_since", sa.DateTime(timezone=True)))
    op.add_column("tickets", sa.Column("next_response_sla", sa.DateTime(timezone=True)))
    op.add_column(
        "tickets",
        sa.Column(
            "sla_pauses",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            server_default=sa.text("'[]'::jsonb"),
        ),
    )
    op.create_table(
        "sla_policies",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("definition", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sla_policies_order_idx", "sla_policies", ["organization_id", "position", "id"])
    op.create_table(
        "sla_events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "sla_events_key",
        "sla_events",
        ["ticket_id", "target", "occurrence", "kind", "step"],
        unique=True,
    )
    op.create_index(
        "sla_events_created_idx", "sla_events", ["organization_id", "kind", "created_at"]
    )
    isolate("sla_policies")
    isolate("sla_events")


def downgrade() -> None:
    op.drop_table("sla_events")
    op.drop_table("sla_policies")
    op.drop_column("tickets", "sla_pauses")
    op.drop_column("tickets", "next_response_sla")
    op.drop_column("tickets", "next_response_since")
