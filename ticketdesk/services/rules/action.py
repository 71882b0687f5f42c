"""The actions of rules and escalations as they are written down: one class a kind."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from ticketdesk.errors import Invalid
from ticketdesk.models.enums import TicketPriority, TicketStatus
from ticketdesk.models.wire import Command
from ticketdesk.services.text import clean_email
from ticketdesk.services.tickets.commands import Body, Category, Reference, Tags

AgentIds = Annotated[list[Reference], Field(default_factory=list, max_length=200)]


class AssignToAgent(Command):
    """Give the ticket to one agent."""

    type: Literal["ASSIGN_TO_AGENT"]
    agent_id: Reference


class AssignRoundRobin(Command):
    """Give it in turn to the named agents, to a team, or to everybody when neither is given."""

    type: Literal["ASSIGN_ROUND_ROBIN"]
    agent_ids: AgentIds
    team_id: Reference | None = None


class AssignLeastLoaded(Command):
    """Give it to whoever of them has the fewest open tickets."""

    type: Literal["ASSIGN_LEAST_LOADED"]
    agent_ids: AgentIds
    team_id: Reference | None = None


class Unassign(Command):
    """Take the assignment away."""

    type: Literal["UNASSIGN"]


class SetStatus(Command):
    """Move the ticket, if the move is allowed."""

    type: Literal["SET_STATUS"]
    status: TicketStatus


class SetPriority(Command):
    """Set the priority."""

    type: Literal["SET_PRIORITY"]
    priority: TicketPriority


class RaisePriority(Command):
    """Raise the priority by one; the highest stays."""

    type: Literal["RAISE_PRIORITY"]


class SetCategory(Command):
    """Set the category, or clear it with null."""

    type: Literal["SET_CATEGORY"]
    category: Category | None


class SetCustomField(Command):
    """Set a custom field, or clear it with null."""

    type: Literal["SET_CUSTOM_FIELD"]
    key: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,49}$")]
    value: str | bool | int | float | list[str] | None = None


class AddTags(Command):
    """Add tags."""

    type: Literal["ADD_TAGS"]
    tags: Annotated[Tags, Field(min_length=1, max_length=20)]


class RemoveTags(Command):
    """Remove tags."""

    type: Literal["REMOVE_TAGS"]
    tags: Annotated[Tags, Field(min_length=1, max_length=20)]


class SendCannedResponse(Command):
    """Send a shared canned response to the requester as an automatic answer."""

    type: Literal["SEND_CANNED_RESPONSE"]
    canned_response_id: Reference


class AddNote(Command):
    """Add an internal note; variables are filled in."""

    type: Literal["ADD_NOTE"]
    content: Body


class Notify(Command):
    """Tell somebody by mail: `assignee`, `admins`, or addresses."""

    type: Literal["NOTIFY"]
    to: Annotated[list[str], Field(min_length=1, max_length=20)]
    message: Annotated[str, Field(max_length=500)] = ""

    @field_validator("to")
    @classmethod
    def _people(cls, names: list[str]) -> list[str]:
        return [name if name in ("assignee", "admins") else _address(name) for name in names]


class CallWebhook(Command):
    """Tell one of the organization's webhooks, signed and retried like any other event."""

    type: Literal["WEBHOOK"]
    webhook_id: Reference


class Close(Command):
    """Close the ticket, if the move is allowed."""

    type: Literal["CLOSE"]


def _address(name: str) -> str:
    try:
        return clean_email(name, "to")
    except Invalid as error:
        raise ValueError(f"{name!r} is neither assignee, admins nor a mail address") from error


def _typed(value: Any) -> Any:
    if isinstance(value, dict) and isinstance(value.get("type"), str):
        return {**value, "type": value["type"].upper()}
    return value


Action = Annotated[
    Annotated[
        AssignToAgent
        | AssignRoundRobin
        | AssignLeastLoaded
        | Unassign
        | SetStatus
        | SetPriority
        | RaisePriority
        | SetCategory
        | SetCustomField
        | AddTags
        | RemoveTags
        | SendCannedResponse
        | AddNote
        | Notify
        | CallWebhook
        | Close,
        Field(discriminator="type"),
    ],
    BeforeValidator(_typed),
]
