"""Lists by assignee, source and service level in their own order; search within large tenants."""

from collections.abc import Sequence

from alembic import op

revision: str = "20261124_0200"
down_revision: str | None = "20261124_0180"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_INDEXES = {
    "tickets_assignee_changed_idx": ["organization_id", "assigned_to_id", "updated_at", "id"],
    "tickets_source_idx": ["organization_id", "source", "created_at", "id"],
    "tickets_sla_state_idx": ["organization_id", "sla_state", "updated_at", "id"],
}

_MATCHING = """
CREATE OR REPLACE FUNCTION tickets_matching(query tsquery, with_internal boolean, cap bigint)
RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  {wanted}
  SELECT id::text FROM (
    SELECT id FROM tickets
    WHERE search @@ {query}
      AND organization_id = current_setting('ticketdesk.organization_id', true)
    UNION
    SELECT ticket_id FROM ticket_responses
    WHERE search @@ {query}
      AND organization_id = current_setting('ticketdesk.organization_id', true)
      AND (with_internal OR NOT is_internal)
  ) matches LIMIT cap
$$
"""

# The organization as a word keeps others' common words from costing anything here. Where most
# tickets are the organization's own there is nothing to keep away, and the word only costs.
_WANTED = """
  WITH wanted AS MATERIALIZED (
    SELECT CASE WHEN next_number - 1001 > 0.3 * (
        SELECT reltuples FROM pg_class WHERE oid = 'public.tickets'::regclass
      ) THEN query ELSE query && organization_id::tsquery END AS words
    FROM ticket_counters
    WHERE organization_id = current_setting('ticketdesk.organization_id', true)
  )
"""


def upgrade() -> None:
    for name, columns in _INDEXES.items():
        op.create_index(name, "tickets", columns)
    op.execute(_MATCHING.format(wanted=_WANTED, query="(SELECT words FROM wanted)"))


def downgrade() -> None:
    always = "(query && current_setting('ticketdesk.organization_id', true)::tsquery)"
    op.execute(_MATCHING.format(wanted="", query=always))
    for name in _INDEXES:
        op.drop_index(name, table_name="tickets")
