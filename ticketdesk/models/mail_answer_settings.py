"""What the desk says by itself: first answers, answers out of hours, the question afterwards."""

from pydantic import Field

from ticketdesk.models.wire import Command


class MailAnswers(Command):
    """Automatic words; an empty text says nothing.

    `first` stands in the confirmation of a new ticket, `out_of_hours` takes its place while nobody
    works, and is also sent when a customer writes again then. `survey_after_hours` after a ticket
    was resolved its requester is asked how satisfied they are; None asks nobody.
    """

    first: str = Field(default="", max_length=5000)
    out_of_hours: str = Field(default="", max_length=5000)
    survey_after_hours: int | None = Field(default=None, ge=0, le=720)
