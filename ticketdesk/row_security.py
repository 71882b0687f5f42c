"""Row-level security for a tenant table: every migration that makes one calls this."""

from alembic import op

_TENANT = "current_setting('ticketdesk.organization_id', true)"


def isolate(table: str, column: str = "organization_id") -> None:
    """Let the application role see one organization's rows and the system role all of them."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY tenant ON {table} TO ticketdesk_app"
        f" USING ({column} = {_TENANT}) WITH CHECK ({column} = {_TENANT})"
    )
    op.execute(
        f"CREATE POLICY every_tenant ON {table} TO ticketdesk_system USING (true) WITH CHECK (true)"
    )
