"""The tenant: everything else belongs to exactly one organization."""

from typing import Any

from sqlmodel import Field, SQLModel

from ticketdesk.models.base import JSON, Row


class Organization(Row, table=True):
    """A company with its own desk.

    `settings` holds the specification's TicketSettings as `ticket_settings.py` reads them;
    `version` grows with every change of the row, and `settings_versions` holds the version at which
    each part last changed, so that two admins never overwrite each other and never meet over
    different parts.
    """

    __tablename__ = "organizations"

    slug: str = Field(unique=True)
    name: str
    timezone: str = "UTC"
    locale: str = "en"
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    settings_versions: dict[str, int] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    version: int = 1


class TicketCounter(SQLModel, table=True):
    """The next ticket number of an organization.

    A row of its own: taking a number locks it until commit, which keeps numbers free of gaps and
    must not block a change of the organization's settings.
    """

    __tablename__ = "ticket_counters"

    organization_id: str = Field(
        primary_key=True, foreign_key="organizations.id", ondelete="CASCADE"
    )
    next_number: int = 1001
