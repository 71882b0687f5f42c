"""What the ticket verbs take: the bodies of the specification's API examples and no other keys."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from ticketdesk.errors import Invalid
from ticketdesk.models.enums import ContentFormat, TicketPriority, TicketSource, TicketStatus
from ticketdesk.models.wire import Command
from ticketdesk.services import text


def _checked(check: Any) -> AfterValidator:
    def run(value: Any) -> Any:
        try:
            return check(value)
        except Invalid as error:
            raise ValueError(error.message) from error

    return AfterValidator(run)


def _line(longest: int, *, required: bool = True) -> AfterValidator:
    return _checked(lambda value: text.clean_line(value, "", longest, required=required))


def _custom_fields(values: dict[str, Any]) -> dict[str, Any]:
    if len(values) > 100:
        raise ValueError("At most 100 fields")
    return {_field_name(key): _field_value(value) for key, value in values.items()}


def _field_name(key: str) -> str:
    return text.clean_line(key, "", 100)


def _field_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return text.clean_line(value, "", 5000, required=False)
    if isinstance(value, list) and len(value) <= 200 and all(isinstance(v, str) for v in value):
        return [text.clean_line(v, "", 200) for v in value]
    raise ValueError("A value is a text, a number, true or false, or a list of texts")


Name = Annotated[str, _line(200)]
Subject = Annotated[str, _line(300)]
Email = Annotated[str, _checked(lambda value: text.clean_email(value, ""))]
Body = Annotated[str, _checked(lambda value: text.clean_body(value, ""))]
Category = Annotated[str, _line(100)]
Tags = Annotated[list[str], _checked(lambda values: text.clean_tags(values))]
Addresses = Annotated[list[Email], Field(max_length=50)]
Reference = Annotated[str, Field(max_length=100)]
CustomFields = Annotated[dict[str, Any], _checked(_custom_fields)]


class CreateTicket(Command):
    """A new ticket; `organization_id` may be left out and takes the id or the slug."""

    organization_id: Reference | None = None
    requester_name: Name
    requester_email: Email
    requester_id: Reference | None = None
    subject: Subject
    description: Body
    description_format: ContentFormat = ContentFormat.TEXT
    priority: TicketPriority | None = None
    category: Category | None = None
    tags: Tags = Field(default_factory=list)
    custom_fields: CustomFields = Field(default_factory=dict)
    assigned_to_id: Reference | None = None
    origin_chat_id: Reference | None = None
    cc: Addresses = Field(default_factory=list)
    attachment_ids: list[Reference] = Field(default_factory=list, max_length=200)
    source: TicketSource | None = None


class UpdateTicket(Command):
    """A partial change: only the given keys count; `version` guards against overwriting."""

    subject: Subject | None = None
    description: Body | None = None
    description_format: ContentFormat | None = None
    status: TicketStatus | None = None
    priority: TicketPriority | None = None
    category: Category | None = None
    tags: Tags | None = None
    custom_fields: CustomFields | None = None
    assigned_to_id: Reference | None = None
    requester_name: Name | None = None
    requester_email: Email | None = None
    cc: Addresses | None = None
    version: int | None = None


class AddResponse(Command):
    """A reply or an internal note.

    `latest_response_id` is the newest message its author had on screen (None: there was none);
    when given and no longer the newest, the reply is stopped (semantics.md, Status).
    """

    content: Body
    content_format: ContentFormat = ContentFormat.TEXT
    is_internal: bool = False
    status_change: TicketStatus | None = None
    attachment_ids: list[Reference] = Field(default_factory=list, max_length=200)
    cc: Addresses = Field(default_factory=list)
    bcc: Addresses = Field(default_factory=list)
    latest_response_id: Reference | None = None


class AssignTicket(Command):
    """An agent's identifier, `me`, or null to unassign."""

    assigned_to_id: Reference | None


class ChangeStatus(Command):
    """A move, with an optional public comment."""

    status: TicketStatus
    comment: Body | None = None
