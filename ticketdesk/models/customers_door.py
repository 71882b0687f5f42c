"""What the public form and the tracking page keep beside tickets."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from ticketdesk.models.base import TIME, TenantRow


class TrackingLink(TenantRow, table=True):
    """One of the addresses at which a requester follows a ticket; each mail brings its own.

    The token itself is nowhere, only its hash. Deleting the row revokes it.
    """

    __tablename__ = "tracking_links"
    __table_args__ = (
        Index("tracking_links_ticket_idx", "ticket_id"),
        Index("tracking_links_token_key", "token_hash", unique=True),
    )

    ticket_id: str = Field(foreign_key="tickets.id", ondelete="CASCADE")
    token_hash: str


class FormVisit(TenantRow, table=True):
    """How far one visit of the public form got; it knows nothing of the person.

    `visit` is a random number the page made up. The moments are those at which the visit opened
    the form, left each step, submitted, or went away.
    """

    __tablename__ = "form_visits"
    __table_args__ = (
        Index("form_visits_visit_key", "organization_id", "visit", unique=True),
        Index("form_visits_created_idx", "organization_id", "created_at"),
    )

    visit: str
    step: str = "contact"
    started_at: datetime | None = Field(default=None, sa_type=TIME)
    submitted_at: datetime | None = Field(default=None, sa_type=TIME)
    abandoned_at: datetime | None = Field(default=None, sa_type=TIME)


class CaptchaSecret(SQLModel, table=True):
    """An organization's secret key at a hosted captcha, sealed with the installation's key."""

    __tablename__ = "captcha_secrets"

    organization_id: str = Field(
        primary_key=True, foreign_key="organizations.id", ondelete="CASCADE"
    )
    sealed: str
