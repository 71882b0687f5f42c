"""What the public API takes: the specification's body, and what the form adds to it."""

from typing import Any

from pydantic import Field

from ticketdesk.models.enums import TicketPriority
from ticketdesk.models.wire import Command
from ticketdesk.services.embed.fields import CUSTOM


class SubmitTicket(Command):
    """A ticket from the public form.

    Every text may be missing here: the form's own rules say which must be there, in the visitor's
    words. `website` is a field no person sees; `captcha` is the proof, where one is asked for.
    """

    organization_id: str = Field(min_length=1, max_length=100)
    requester_name: str | None = None
    requester_email: str | None = None
    requester_phone: str | None = None
    subject: str | None = None
    description: str | None = None
    priority: TicketPriority | None = None
    category: str | None = None
    custom_fields: dict[str, Any] = Field(default_factory=dict)
    attachment_ids: list[str] = Field(default_factory=list, max_length=50)
    captcha: str | None = Field(default=None, max_length=8000)
    website: str | None = Field(default=None, max_length=500)

    def answers(self) -> dict[str, Any]:
        """Return the answers by the names of the form's fields."""
        named = self.model_dump(by_alias=True, include=set(_TEXTS))
        return named | {CUSTOM + key: value for key, value in self.custom_fields.items()}


_TEXTS = (
    "requester_name",
    "requester_email",
    "requester_phone",
    "subject",
    "description",
    "category",
)
