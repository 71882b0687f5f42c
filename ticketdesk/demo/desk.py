"""What a story is played on: the organization, its people and the rows written so far."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ticketdesk.actor import ActorKind
from ticketdesk.demo.identifiers import Identifiers
from ticketdesk.demo.timetable import Timetable
from ticketdesk.models import (
    Chat,
    ChatMessage,
    Organization,
    Ticket,
    TicketActivity,
    TicketAttachment,
    TicketRead,
    TicketResponse,
    User,
)
from ticketdesk.models.enums import ContentFormat, TicketActivityType
from ticketdesk.services import rich_text

_MARKS = ("**", "`", "\n- ", "\n1. ", "](")


@dataclass(slots=True)
class Desk:
    """An organization while its demo is being written."""

    organization: Organization
    staff: dict[str, User]
    customers: dict[str, User]
    timetable: Timetable
    identifiers: Identifiers
    next_number: int = 1001
    chats: list[Chat] = field(default_factory=list)
    messages: list[ChatMessage] = field(default_factory=list)
    tickets: list[Ticket] = field(default_factory=list)
    responses: list[TicketResponse] = field(default_factory=list)
    activities: list[TicketActivity] = field(default_factory=list)
    attachments: list[TicketAttachment] = field(default_factory=list)
    reads: list[TicketRead] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Doer:
    """Who did a step, as the history names them."""

    name: str
    email: str
    kind: ActorKind
    user: User | None = None
    is_staff: bool = False


def doer(desk: Desk, who: str, name: str, email: str) -> Doer:
    """Return who a step means.

    Args:
        who: a first name of the staff, `customer`, `desk`, or `rule`.
        name: the ticket's requester, or the rule.
        email: the requester's address.
    """
    if who == "customer":
        user = desk.customers.get(email)
        return Doer(name, email, ActorKind.USER if user else ActorKind.ANONYMOUS, user)
    if who == "desk":
        return Doer("TicketDesk", "", ActorKind.SYSTEM, is_staff=True)
    if who == "rule":
        return Doer(name, "", ActorKind.RULE, is_staff=True)
    user = desk.staff[who]
    return Doer(user.name, user.email, ActorKind.USER, user, is_staff=True)


def format_of(text: str) -> ContentFormat:
    """Return the format a text of the stories is written in: marks make it Markdown."""
    return ContentFormat.MARKDOWN if any(m in text for m in _MARKS) else ContentFormat.TEXT


def plain(text: str) -> str:
    """Return the plain words of a text of the stories."""
    return rich_text.to_text(text, format_of(text))


def note_change(
    desk: Desk,
    ticket: Ticket,
    by: Doer,
    at: datetime,
    kind: TicketActivityType,
    words: str,
    *,
    changes: dict[str, tuple[Any, Any]] | None = None,
    response_id: str | None = None,
) -> None:
    """Write the history row that the product would have written (`events.record`)."""
    public = TicketActivityType
    desk.activities.append(
        TicketActivity(
            id=desk.identifiers.new("act", at),
            organization_id=desk.organization.id,
            ticket_id=ticket.id,
            activity_type=kind,
            description=words,
            changes={
                name: {"before": before, "after": after}
                for name, (before, after) in (changes or {}).items()
            },
            performed_by_id=by.user.id if by.user else None,
            performed_by_name=by.name,
            performed_by_kind=by.kind,
            response_id=response_id,
            is_public=kind
            in (
                public.CREATED,
                public.RESPONDED,
                public.STATUS_CHANGED,
                public.RESOLVED,
                public.CLOSED,
                public.REOPENED,
            ),
            created_at=at,
        )
    )
