"""The customer's door: tracking links and how far visits of the form got."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op
from ticketdesk.row_security import isolate

revision: str = "20261124_0070"
down_revision: str | None = "20261124_0060"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "tracking_links",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("tracking_links_ticket_key", "tracking_links", ["ticket_id"], unique=True)
    op.create_index("tracking_links_token_key", "tracking_links", ["token_hash"], unique=True)
    op.create_table(
        "form_visits",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("visit", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("abandoned_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "form_visits_visit_key", "form_visits", ["organization_id", "visit"], unique=True
    )
    op.create_index("form_visits_created_idx", "form_visits", ["organization_id", "created_at"])
    isolate("tracking_links")
    isolate("form_visits")


def downgrade() -> None:
    op.drop_table("form_visits")
    op.drop_table("tracking_links")
