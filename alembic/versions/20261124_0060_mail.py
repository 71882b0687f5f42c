"""Mail: deliveries, incoming messages with their originals, addresses, provider accounts."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from ticketdesk.row_security import isolate

revision: str = "20261124_0060"
down_revision: str | None = "20261124_0050"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TABLES = ("mail_deliveries", "mail_messages", "mail_originals", "mail_addresses", "mail_accounts")
_TIME = sa.DateTime(timezone=True)


def _words(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, _TIME, nullable=null)


def _tenant() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "mail_deliveries",
        _words("id"),
        _moment("created_at"),
        _words("organization_id"),
        _words("outbox_id"),
        _words("ticket_id", null=True),
        _words("response_id", null=True),
        _words("kind"),
        _words("recipient"),
        _words("message_id"),
        _words("provider"),
        _words("provider_message_id", null=True),
        sa.Column("state", sa.String(32), nullable=False),
        _words("words", null=True),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        _moment("updated_at"),
        _tenant(),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["response_id"], ["ticket_responses.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "mail_deliveries_key", "mail_deliveries", ["outbox_id", "recipient"], unique=True
    )
    for name, columns in {
        "message": ["organization_id", "message_id"],
        "provider": ["organization_id", "provider_message_id"],
        "recipient": ["organization_id", "recipient", "created_at"],
        "ticket": ["ticket_id", "created_at"],
        "response": ["response_id"],
    }.items():
        op.create_index(f"mail_deliveries_{name}_idx", "mail_deliveries", columns)
    op.create_table(
        "mail_messages",
        _words("id"),
        _moment("created_at"),
        _words("organization_id"),
        _words("identity"),
        _words("message_id"),
        _words("via"),
        _words("sender"),
        _words("sender_name"),
        _words("subject"),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("why", postgresql.JSONB(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _words("error", null=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        _words("ticket_id", null=True),
        _words("response_id", null=True),
        _moment("judged_at", null=True),
        _tenant(),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["response_id"], ["ticket_responses.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "mail_messages_identity_key", "mail_messages", ["organization_id", "identity"], unique=True
    )
    for name, columns in {
        "ticket": ["ticket_id", "created_at"],
        "response": ["response_id"],
        "created": ["organization_id", "created_at", "id"],
    }.items():
        op.create_index(f"mail_messages_{name}_idx", "mail_messages", columns)
    op.create_index(
        "mail_messages_unjudged_idx",
        "mail_messages",
        ["created_at"],
        postgresql_where=sa.text("state = 'RECEIVED'"),
    )
    op.create_table(
        "mail_originals",
        _words("mail_id"),
        _words("organization_id"),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        _tenant(),
        sa.ForeignKeyConstraint(["mail_id"], ["mail_messages.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mail_id"),
    )
    # Attached files do not compress: leave out the attempt.
    op.execute("ALTER TABLE mail_originals ALTER COLUMN raw SET STORAGE EXTERNAL")
    op.create_table(
        "mail_addresses",
        _words("id"),
        _moment("created_at"),
        _words("organization_id"),
        _words("email"),
        _moment("verified_at", null=True),
        _moment("undeliverable_at", null=True),
        _words("words", null=True),
        _tenant(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "mail_addresses_key", "mail_addresses", ["organization_id", "email"], unique=True
    )
    op.create_table(
        "mail_accounts",
        _words("organization_id"),
        _words("sealed"),
        _moment("updated_at"),
        _tenant(),
        sa.PrimaryKeyConstraint("organization_id"),
    )
    for table in _TABLES:
        isolate(table)


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
