"""An index of the times that rules were stopped, for the page that lists them."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "20261124_0260"
down_revision: str | None = "20261124_0251"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index(
        "ticket_activities_stops_idx",
        "ticket_activities",
        ["organization_id", "created_at"],
        postgresql_where=sa.text("activity_type = 'RULES_STOPPED'"),
    )


def downgrade() -> None:
    op.drop_index("ticket_activities_stops_idx", table_name="ticket_activities")
