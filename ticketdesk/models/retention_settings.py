"""For how long an organization keeps what it does not need any more."""

from typing import Annotated

from pydantic import Field

from ticketdesk.models.wire import Command

# A slip of the keyboard must not empty the desk over night: a month is the least.
Days = Annotated[int, Field(ge=30, le=36_500)]


class RetentionSettings(Command):
    """Days until something is deleted for good; None keeps it.

    `closed_ticket_days` counts from the closing of a ticket, the others from the day a line or a
    message came.
    """

    closed_ticket_days: Days | None = None
    audit_days: Days | None = None
    original_mail_days: Days | None = None
