"""Find what failed or waits without reading all mail there is."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "20261124_0251"
down_revision: str | None = "20261124_0241"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index(
        "mail_deliveries_trouble_idx",
        "mail_deliveries",
        ["organization_id", "state", "created_at", "id"],
        postgresql_where=sa.text("state IN ('FAILED', 'BOUNCED', 'QUEUED')"),
    )
    op.create_index(
        "mail_messages_trouble_idx",
        "mail_messages",
        ["organization_id", "state", "created_at", "id"],
        postgresql_where=sa.text("state IN ('FAILED', 'HELD')"),
    )


def downgrade() -> None:
    op.drop_index("mail_messages_trouble_idx", table_name="mail_messages")
    op.drop_index("mail_deliveries_trouble_idx", table_name="mail_deliveries")
