"""The foundation: organizations, members, tickets, chats, files, history, outbox."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from ticketdesk.row_security import isolate

revision: str = "20261124_0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


_TICKETS_MATCHING = """
CREATE FUNCTION tickets_matching(query tsquery, with_internal boolean, cap bigint)
RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT id::text FROM (
    SELECT id FROM tickets
    WHERE search @@ (query && current_setting('ticketdesk.organization_id', true)::tsquery)
      AND organization_id = current_setting('ticketdesk.organization_id', true)
    UNION
    SELECT ticket_id FROM ticket_responses
    WHERE search @@ (query && current_setting('ticketdesk.organization_id', true)::tsquery)
      AND organization_id = current_setting('ticketdesk.organization_id', true)
      AND (with_internal OR NOT is_internal)
  ) matches LIMIT cap
$$
"""
_USERS_MATCHING = """
CREATE FUNCTION users_matching(query tsquery, cap bigint)
RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT id::text FROM users
  WHERE search @@ (query && current_setting('ticketdesk.organization_id', true)::tsquery)
    AND organization_id = current_setting('ticketdesk.organization_id', true)
  LIMIT cap
$$
"""
_TENANT_TABLES = (
    "idempotency_keys",
    "outbox_events",
    "ticket_counters",
    "users",
    "api_keys",
    "chats",
    "drafts",
    "sessions",
    "chat_messages",
    "tickets",
    "ticket_links",
    "ticket_reads",
    "ticket_responses",
    "ticket_activities",
    "ticket_attachments",
)


def upgrade() -> None:
    op.create_table(
        "organizations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("settings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "idempotency_keys_created_idx", "idempotency_keys", ["created_at"], unique=False
    )
    op.create_index(
        "idempotency_keys_key", "idempotency_keys", ["organization_id", "scope", "key"], unique=True
    )
    op.create_table(
        "outbox_events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("subscriber", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_token", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "outbox_events_done_idx",
        "outbox_events",
        ["done_at"],
        unique=False,
        postgresql_where=sa.text("done_at IS NOT NULL"),
    )
    op.create_index(
        "outbox_events_due_idx",
        "outbox_events",
        ["subscriber", "available_at"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
    )
    op.create_index(
        "outbox_events_organization_idx",
        "outbox_events",
        ["organization_id", "created_at"],
        unique=False,
    )
    op.create_table(
        "ticket_counters",
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("organization_id"),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("CUSTOMER", "AGENT", "ADMIN", name="userrole", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_available", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("company", sa.Text(), nullable=True),
        sa.Column("manages_company", sa.Boolean(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.Column("preferences", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("email_verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undeliverable_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed(
                "to_tsvector('simple', name || ' ' || email || ' ' || translate(email, "
                "'@.-_+', '     ')) || array_to_tsvector(ARRAY[organization_id])",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("users_email_key", "users", ["organization_id", "email"], unique=True)
    op.create_index("users_role_idx", "users", ["organization_id", "role", "name"], unique=False)
    op.create_index("users_search_idx", "users", ["search"], unique=False, postgresql_using="gin")
    op.create_index("users_sign_in_idx", "users", ["email"], unique=False)
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_by_id", sa.Text(), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("api_keys_hash_key", "api_keys", ["key_hash"], unique=True)
    op.create_index(
        "api_keys_organization_idx", "api_keys", ["organization_id", "created_at"], unique=False
    )
    op.create_table(
        "chats",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=True),
        sa.Column("customer_name", sa.Text(), nullable=False),
        sa.Column("customer_email", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column(
            "status",
            sa.Enum("OPEN", "CLOSED", name="chatstatus", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "escalation",
            sa.Enum(
                "NONE",
                "REQUESTED",
                "ESCALATED",
                name="chatescalation",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("assigned_to_id", sa.Text(), nullable=True),
        sa.Column("last_message_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("customer_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("metadata", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assigned_to_id"], ["users.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["customer_id"], ["users.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "chats_activity_idx",
        "chats",
        ["organization_id", "status", "last_message_at", "id"],
        unique=False,
    )
    op.create_index(
        "chats_assignee_idx", "chats", ["organization_id", "assigned_to_id"], unique=False
    )
    op.create_index("chats_external_key", "chats", ["organization_id", "external_id"], unique=True)
    op.create_table(
        "drafts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("drafts_key", "drafts", ["user_id", "place"], unique=True)
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("user_agent", sa.Text(), nullable=True),
        sa.Column("ip_address", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sessions_token_key", "sessions", ["token_hash"], unique=True)
    op.create_index("sessions_user_idx", "sessions", ["user_id"], unique=False)
    op.create_table(
        "chat_messages",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("USER", "AGENT", "BOT", name="chatrole", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("author_id", sa.Text(), nullable=True),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "chat_messages_chat_idx", "chat_messages", ["chat_id", "created_at", "id"], unique=False
    )
    op.create_index(
        "chat_messages_client_key", "chat_messages", ["chat_id", "client_id"], unique=True
    )
    op.create_table(
        "tickets",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("ticket_number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column(
            "description_format",
            sa.Enum("text", "html", "markdown", name="contentformat", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("description_text", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "NEW",
                "OPEN",
                "IN_PROGRESS",
                "WAITING_ON_CUSTOMER",
                "WAITING_ON_THIRD_PARTY",
                "RESOLVED",
                "CLOSED",
                "CANCELLED",
                name="ticketstatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "priority",
            sa.Enum(
                "LOW",
                "MEDIUM",
                "HIGH",
                "URGENT",
                "CRITICAL",
                name="ticketpriority",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "MANUAL",
                "CHAT",
                "EMBED",
                "EMAIL",
                "PORTAL",
                "API",
                name="ticketsource",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("requester_id", sa.Text(), nullable=True),
        sa.Column("requester_email", sa.Text(), nullable=False),
        sa.Column("requester_name", sa.Text(), nullable=False),
        sa.Column("cc", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("assigned_to_id", sa.Text(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("origin_chat_id", sa.Text(), nullable=True),
        sa.Column("linked_chat_ids", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("merged_into_id", sa.Text(), nullable=True),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("custom_fields", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("metadata", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("first_response_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_response_sla", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolution_sla", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sla_policy_id", sa.Text(), nullable=True),
        sa.Column(
            "sla_state",
            sa.Enum(
                "ok",
                "due_soon",
                "breached",
                "paused",
                "met",
                name="slastate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sla_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sla_warn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_sla_event_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_message_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "priority_rank",
            sa.SmallInteger(),
            sa.Computed(
                "(CASE priority WHEN 'LOW' THEN 1 WHEN 'MEDIUM' THEN 2 WHEN 'HIGH' THEN "
                "3 WHEN 'URGENT' THEN 4 ELSE 5 END)::smallint",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.Column(
            "status_rank",
            sa.SmallInteger(),
            sa.Computed(
                "(CASE status WHEN 'NEW' THEN 1 WHEN 'OPEN' THEN 2 WHEN 'IN_PROGRESS' "
                "THEN 3 WHEN 'WAITING_ON_CUSTOMER' THEN 4 WHEN 'WAITING_ON_THIRD_PARTY' "
                "THEN 5 WHEN 'RESOLVED' THEN 6 WHEN 'CLOSED' THEN 7 ELSE 8 END)::smallint",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed(
                "setweight(to_tsvector('simple', left(subject, 2000)), 'A') || "
                "setweight(to_tsvector('simple', requester_name || ' ' || "
                "requester_email || ' ' || translate(requester_email, '@.-_+', '     "
                "')), 'B') || to_tsvector('simple', left(description_text, 100000)) || "
                "setweight(array_to_tsvector(tags), 'B') || "
                "array_to_tsvector(ARRAY[organization_id])",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["assigned_to_id"], ["users.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["merged_into_id"], ["tickets.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["origin_chat_id"], ["chats.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["requester_id"], ["users.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "tickets_assignee_idx",
        "tickets",
        ["organization_id", "assigned_to_id", "status", "updated_at"],
        unique=False,
    )
    op.create_index(
        "tickets_category_idx",
        "tickets",
        ["organization_id", "category", "updated_at"],
        unique=False,
    )
    op.create_index(
        "tickets_created_idx", "tickets", ["organization_id", "created_at", "id"], unique=False
    )
    op.create_index(
        "tickets_next_sla_event_idx",
        "tickets",
        ["next_sla_event_at"],
        unique=False,
        postgresql_where=sa.text("next_sla_event_at IS NOT NULL"),
    )
    op.create_index(
        "tickets_number_key", "tickets", ["organization_id", "ticket_number"], unique=True
    )
    op.create_index("tickets_origin_chat_idx", "tickets", ["origin_chat_id"], unique=False)
    op.create_index(
        "tickets_priority_idx",
        "tickets",
        ["organization_id", "priority_rank", "created_at", "id"],
        unique=False,
    )
    op.create_index("tickets_requester_id_idx", "tickets", ["requester_id"], unique=False)
    op.create_index(
        "tickets_requester_idx",
        "tickets",
        ["organization_id", "requester_email", "created_at"],
        unique=False,
    )
    op.create_index(
        "tickets_search_idx", "tickets", ["search"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "tickets_sla_due_idx", "tickets", ["organization_id", "sla_due_at", "id"], unique=False
    )
    op.create_index(
        "tickets_status_idx",
        "tickets",
        ["organization_id", "status", "updated_at", "id"],
        unique=False,
    )
    op.create_index(
        "tickets_status_rank_idx",
        "tickets",
        ["organization_id", "status_rank", "created_at", "id"],
        unique=False,
    )
    op.create_index("tickets_tags_idx", "tickets", ["tags"], unique=False, postgresql_using="gin")
    op.create_index(
        "tickets_updated_idx", "tickets", ["organization_id", "updated_at", "id"], unique=False
    )
    op.create_table(
        "ticket_links",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("other_ticket_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ticket_links_key", "ticket_links", ["ticket_id", "other_ticket_id", "kind"], unique=True
    )
    op.create_index("ticket_links_other_idx", "ticket_links", ["other_ticket_id"], unique=False)
    op.create_table(
        "ticket_reads",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ticket_reads_key", "ticket_reads", ["user_id", "ticket_id"], unique=True)
    op.create_table(
        "ticket_responses",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column(
            "content_format",
            sa.Enum("text", "html", "markdown", name="contentformat", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("content_text", sa.Text(), nullable=False),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        sa.Column("is_email_sent", sa.Boolean(), nullable=False),
        sa.Column("email_message_id", sa.Text(), nullable=True),
        sa.Column("mail_error", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Text(), nullable=True),
        sa.Column("author_email", sa.Text(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column(
            "author_type",
            sa.Enum(
                "CUSTOMER",
                "AGENT",
                "SYSTEM",
                "EMAIL",
                name="responseauthortype",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("cc", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("bcc", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("origin_ticket_id", sa.Text(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed(
                "to_tsvector('simple', left(content_text, 100000)) || "
                "array_to_tsvector(ARRAY[organization_id])",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ticket_responses_author_idx", "ticket_responses", ["author_id"], unique=False)
    op.create_index(
        "ticket_responses_created_idx",
        "ticket_responses",
        ["organization_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ticket_responses_message_idx",
        "ticket_responses",
        ["organization_id", "email_message_id"],
        unique=False,
    )
    op.create_index(
        "ticket_responses_search_idx",
        "ticket_responses",
        ["search"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        "ticket_responses_ticket_idx",
        "ticket_responses",
        ["ticket_id", "created_at", "id"],
        unique=False,
    )
    op.create_table(
        "ticket_activities",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column(
            "activity_type",
            sa.Enum(
                "CREATED",
                "STATUS_CHANGED",
                "PRIORITY_CHANGED",
                "ASSIGNED",
                "UNASSIGNED",
                "RESPONDED",
                "INTERNAL_NOTE_ADDED",
                "ATTACHMENT_ADDED",
                "TAG_ADDED",
                "TAG_REMOVED",
                "MERGED",
                "SPLIT",
                "REOPENED",
                "RESOLVED",
                "CLOSED",
                "ATTACHMENT_REMOVED",
                "CATEGORY_CHANGED",
                "UPDATED",
                "LINKED",
                "UNLINKED",
                "MERGE_UNDONE",
                "SPLIT_UNDONE",
                "SLA_WARNED",
                "SLA_BREACHED",
                "SLA_ESCALATED",
                "RULES_STOPPED",
                "MAIL_FAILED",
                name="ticketactivitytype",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("performed_by_id", sa.Text(), nullable=True),
        sa.Column("performed_by_name", sa.Text(), nullable=False),
        sa.Column("performed_by_kind", sa.Text(), nullable=False),
        sa.Column("response_id", sa.Text(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["performed_by_id"], ["users.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["response_id"], ["ticket_responses.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ticket_activities_created_idx",
        "ticket_activities",
        ["organization_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ticket_activities_ticket_idx",
        "ticket_activities",
        ["ticket_id", "created_at", "id"],
        unique=False,
    )
    op.create_table(
        "ticket_attachments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("original_name", sa.Text(), nullable=False),
        sa.Column("mime_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("storage_key", sa.Text(), nullable=False),
        sa.Column("thumbnail_key", sa.Text(), nullable=True),
        sa.Column("preview_key", sa.Text(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("is_inline", sa.Boolean(), nullable=False),
        sa.Column("content_id", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "CHECKING",
                "READY",
                "QUARANTINED",
                name="attachmentstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("ticket_id", sa.Text(), nullable=True),
        sa.Column("response_id", sa.Text(), nullable=True),
        sa.Column("chat_message_id", sa.Text(), nullable=True),
        sa.Column("uploaded_by_id", sa.Text(), nullable=True),
        sa.Column("upload_token_hash", sa.Text(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["chat_message_id"], ["chat_messages.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["response_id"], ["ticket_responses.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["users.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ticket_attachments_abandoned_idx",
        "ticket_attachments",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text(
            "ticket_id IS NULL AND response_id IS NULL AND chat_message_id IS NULL"
        ),
    )
    op.create_index(
        "ticket_attachments_chat_message_idx",
        "ticket_attachments",
        ["chat_message_id"],
        unique=False,
    )
    op.create_index(
        "ticket_attachments_response_idx", "ticket_attachments", ["response_id"], unique=False
    )
    op.create_index(
        "ticket_attachments_storage_idx",
        "ticket_attachments",
        ["organization_id", "storage_key"],
        unique=False,
    )
    op.create_index(
        "ticket_attachments_ticket_idx",
        "ticket_attachments",
        ["ticket_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ticket_attachments_uploader_idx", "ticket_attachments", ["uploaded_by_id"], unique=False
    )
    isolate("organizations", "id")
    for table in _TENANT_TABLES:
        isolate(table)
    # Policies come before every condition that is not leak-proof, `@@` among them, so that under
    # row-level security no GIN index would serve a search. These functions run as the owner, name
    # the tenant themselves, and give out identifiers only.
    op.execute(_TICKETS_MATCHING)
    op.execute(_USERS_MATCHING)
    for function in (
        "tickets_matching(tsquery, boolean, bigint)",
        "users_matching(tsquery, bigint)",
    ):
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO ticketdesk_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION users_matching(tsquery, bigint)")
    op.execute("DROP FUNCTION tickets_matching(tsquery, boolean, bigint)")
    op.drop_index("ticket_attachments_uploader_idx", table_name="ticket_attachments")
    op.drop_index("ticket_attachments_ticket_idx", table_name="ticket_attachments")
    op.drop_index("ticket_attachments_storage_idx", table_name="ticket_attachments")
    op.drop_index("ticket_attachments_response_idx", table_name="ticket_attachments")
    op.drop_index("ticket_attachments_chat_message_idx", table_name="ticket_attachments")
    op.drop_index(
        "ticket_attachments_abandoned_idx",
        table_name="ticket_attachments",
        postgresql_where=sa.text(
            "ticket_id IS NULL AND response_id IS NULL AND chat_message_id IS NULL"
        ),
    )
    op.drop_table("ticket_attachments")
    op.drop_index("ticket_activities_ticket_idx", table_name="ticket_activities")
    op.drop_index("ticket_activities_created_idx", table_name="ticket_activities")
    op.drop_table("ticket_activities")
    op.drop_index("ticket_responses_ticket_idx", table_name="ticket_responses")
    op.drop_index(
        "ticket_responses_search_idx", table_name="ticket_responses", postgresql_using="gin"
    )
    op.drop_index("ticket_responses_message_idx", table_name="ticket_responses")
    op.drop_index("ticket_responses_created_idx", table_name="ticket_responses")
    op.drop_index("ticket_responses_author_idx", table_name="ticket_responses")
    op.drop_table("ticket_responses")
    op.drop_index("ticket_reads_key", table_name="ticket_reads")
    op.drop_table("ticket_reads")
    op.drop_index("ticket_links_other_idx", table_name="ticket_links")
    op.drop_index("ticket_links_key", table_name="ticket_links")
    op.drop_table("ticket_links")
    op.drop_index("tickets_updated_idx", table_name="tickets")
    op.drop_index("tickets_tags_idx", table_name="tickets", postgresql_using="gin")
    op.drop_index("tickets_status_rank_idx", table_name="tickets")
    op.drop_index("tickets_status_idx", table_name="tickets")
    op.drop_index("tickets_sla_due_idx", table_name="tickets")
    op.drop_index("tickets_search_idx", table_name="tickets", postgresql_using="gin")
    op.drop_index("tickets_requester_idx", table_name="tickets")
    op.drop_index("tickets_requester_id_idx", table_name="tickets")
    op.drop_index("tickets_priority_idx", table_name="tickets")
    op.drop_index("tickets_origin_chat_idx", table_name="tickets")
    op.drop_index("tickets_number_key", table_name="tickets")
    op.drop_index(
        "tickets_next_sla_event_idx",
        table_name="tickets",
        postgresql_where=sa.text("next_sla_event_at IS NOT NULL"),
    )
    op.drop_index("tickets_created_idx", table_name="tickets")
    op.drop_index("tickets_category_idx", table_name="tickets")
    op.drop_index("tickets_assignee_idx", table_name="tickets")
    op.drop_table("tickets")
    op.drop_index("chat_messages_client_key", table_name="chat_messages")
    op.drop_index("chat_messages_chat_idx", table_name="chat_messages")
    op.drop_table("chat_messages")
    op.drop_index("sessions_user_idx", table_name="sessions")
    op.drop_index("sessions_token_key", table_name="sessions")
    op.drop_table("sessions")
    op.drop_index("drafts_key", table_name="drafts")
    op.drop_table("drafts")
    op.drop_index("chats_external_key", table_name="chats")
    op.drop_index("chats_assignee_idx", table_name="chats")
    op.drop_index("chats_activity_idx", table_name="chats")
    op.drop_table("chats")
    op.drop_index("api_keys_organization_idx", table_name="api_keys")
    op.drop_index("api_keys_hash_key", table_name="api_keys")
    op.drop_table("api_keys")
    op.drop_index("users_sign_in_idx", table_name="users")
    op.drop_index("users_search_idx", table_name="users", postgresql_using="gin")
    op.drop_index("users_role_idx", table_name="users")
    op.drop_index("users_email_key", table_name="users")
    op.drop_table("users")
    op.drop_table("ticket_counters")
    op.drop_index("outbox_events_organization_idx", table_name="outbox_events")
    op.drop_index(
        "outbox_events_due_idx",
        table_name="outbox_events",
        postgresql_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
    )
    op.drop_index(
        "outbox_events_done_idx",
        table_name="outbox_events",
        postgresql_where=sa.text("done_at IS NOT NULL"),
    )
    op.drop_table("outbox_events")
    op.drop_index("idempotency_keys_key", table_name="idempotency_keys")
    op.drop_index("idempotency_keys_created_idx", table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_table("organizations")
