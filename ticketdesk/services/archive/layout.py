"""What an archive holds, and in which order, so that every row comes after those it names."""

from sqlalchemy import Column, Table
from sqlmodel import SQLModel

from ticketdesk import models  # noqa: F401  (registers the tables)

FORMAT = "ticketdesk-archive"
VERSION = 1

# Proof of identity stays where it was made, and what was promised there is kept there: an import
# must not send an old mail again.
# What was deleted stays behind.
# What is sealed, or derived, by this installation's secret key is of no use elsewhere: connections
# to other systems are set up anew.
LEFT_OUT = frozenset(
    {
        "sessions",
        "api_keys",
        "idempotency_keys",
        "outbox_events",
        "tracking_links",
        "mail_accounts",
        "captcha_secrets",
        "sign_on_providers",
        "webhooks",
        "webhook_deliveries",
        "one_time_tokens",
        "second_factors",
        "person_erasures",
        "mail_digests",
        "deleted_tickets",
    }
)
SECRET_COLUMNS = frozenset({"password_hash", "upload_token_hash"})
FILE_COLUMNS = ("storage_key", "thumbnail_key", "preview_key")


def tables() -> list[Table]:
    """The tables of one organization, each after those its rows point to."""
    return [
        table
        for table in SQLModel.metadata.sorted_tables
        if table.name not in LEFT_OUT
        and (table.name == "organizations" or "organization_id" in table.columns)
    ]


def owner_column(table: Table) -> Column:
    """The column that tells whose a row is."""
    return table.columns["id" if table.name == "organizations" else "organization_id"]


def columns(table: Table) -> list[Column]:
    """The columns an archive carries: no secrets, and nothing that PostgreSQL computes."""
    return [
        column
        for column in table.columns
        if column.computed is None and column.name not in SECRET_COLUMNS
    ]


def later_columns(table: Table) -> list[str]:
    """Columns that point into their own table: filled in when all its rows are there."""
    return sorted(key.parent.name for key in table.foreign_keys if key.column.table is table)
