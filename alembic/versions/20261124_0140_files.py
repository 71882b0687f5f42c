"""Find the rows behind a preview, and the files that wait for the virus scanner."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "20261124_0140"
down_revision: str | None = "20261124_0130"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index(
        "ticket_attachments_thumbnail_idx",
        "ticket_attachments",
        ["organization_id", "thumbnail_key"],
        unique=False,
        postgresql_where=sa.text("thumbnail_key IS NOT NULL"),
    )
    op.create_index(
        "ticket_attachments_checking_idx",
        "ticket_attachments",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("state = 'CHECKING'"),
    )


def downgrade() -> None:
    op.drop_index("ticket_attachments_checking_idx", table_name="ticket_attachments")
    op.drop_index("ticket_attachments_thumbnail_idx", table_name="ticket_attachments")
