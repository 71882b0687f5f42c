"""Several tracking links a ticket, each of chance alone; links given out before stay good."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "20261124_0240"
down_revision: str | None = "20261124_0200"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.drop_index("tracking_links_ticket_key", table_name="tracking_links")
    op.create_index("tracking_links_ticket_idx", "tracking_links", ["ticket_id"])
    op.drop_column("tracking_links", "generation")


def downgrade() -> None:
    # One link a ticket again: the oldest.
    op.execute(
        "DELETE FROM tracking_links a USING tracking_links b"
        " WHERE a.ticket_id = b.ticket_id AND a.id > b.id"
    )
    op.add_column(
        "tracking_links", sa.Column("generation", sa.Integer(), server_default="1", nullable=False)
    )
    op.alter_column("tracking_links", "generation", server_default=None)
    op.drop_index("tracking_links_ticket_idx", table_name="tracking_links")
    op.create_index("tracking_links_ticket_key", "tracking_links", ["ticket_id"], unique=True)
