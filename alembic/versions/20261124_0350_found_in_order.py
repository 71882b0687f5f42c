"""What the full-text index finds comes with what lists are sorted by."""

from collections.abc import Sequence

from alembic import op

revision: str = "20261124_0350"
down_revision: str | None = "20261124_0340"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# As `tickets_matching` (20261124_0001, 20261124_0200): runs as the owner, names the tenant itself,
# and takes the organization for one of the words unless most tickets are its own. The tickets that
# only a message brings are few beside those of the first part, and looked up one by one.
_FOUND = """
CREATE FUNCTION tickets_found(query tsquery, with_internal boolean)
RETURNS TABLE (
  id text, created_at timestamptz, updated_at timestamptz,
  priority_rank smallint, status_rank smallint
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  WITH wanted AS MATERIALIZED (
    SELECT CASE WHEN next_number - 1001 > 0.3 * (
        SELECT reltuples FROM pg_class WHERE oid = 'public.tickets'::regclass
      ) THEN query ELSE query && organization_id::tsquery END AS words
    FROM ticket_counters
    WHERE organization_id = current_setting('ticketdesk.organization_id', true)
  )
  SELECT t.id, t.created_at, t.updated_at, t.priority_rank, t.status_rank
  FROM tickets t
  WHERE t.search @@ (SELECT words FROM wanted)
    AND t.organization_id = current_setting('ticketdesk.organization_id', true)
  UNION ALL
  SELECT t.id, t.created_at, t.updated_at, t.priority_rank, t.status_rank
  FROM tickets t
  WHERE t.id IN (
      SELECT r.ticket_id FROM ticket_responses r
      WHERE r.search @@ (SELECT words FROM wanted)
        AND r.organization_id = current_setting('ticketdesk.organization_id', true)
        AND (with_internal OR NOT r.is_internal)
    )
    AND t.organization_id = current_setting('ticketdesk.organization_id', true)
    AND NOT t.search @@ (SELECT words FROM wanted)
$$
"""
_SIGNATURE = "tickets_found(tsquery, boolean)"


def upgrade() -> None:
    op.execute(_FOUND)
    op.execute(f"REVOKE ALL ON FUNCTION {_SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {_SIGNATURE} TO ticketdesk_app")


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {_SIGNATURE}")
