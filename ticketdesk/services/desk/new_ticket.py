"""The form for a ticket that an agent opens for somebody."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from ticketdesk.actor import Actor
from ticketdesk.models import Ticket
from ticketdesk.models.enums import TicketSource, UserRole
from ticketdesk.models.ticket_settings import CustomField
from ticketdesk.services import drafts, members, ticket_settings
from ticketdesk.services.desk import rows
from ticketdesk.services.files import waiting
from ticketdesk.services.tickets import create
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.views import TicketView

_PLACE = "ticket:new"
_PLAIN = ("requesterName", "requesterEmail", "subject", "description", "priority", "category")
_FILES = "attachmentIds"
FIELD = "field."
"""What the names of the organization's own fields begin with in the form."""


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What the form starts with."""

    draft: dict[str, Any]
    priority: str
    categories: list[dict[str, Any]]
    tags: list[dict[str, Any]]
    fields: list[dict[str, Any]]
    files: list[dict[str, Any]]
    limits: dict[str, int]


def begin(session: Session, actor: Actor) -> NewTicket:
    """Return the form's choices and what the caller had typed before."""
    actor.require(UserRole.AGENT)
    settings = ticket_settings.of(session, actor.organization_id).embed_config
    choices = rows.choices(session, actor)
    draft = drafts.load(session, actor, _PLACE) or {}
    return NewTicket(
        draft=draft,
        priority=str(settings.default_priority),
        categories=choices.categories,
        tags=choices.tags,
        fields=[_field(field) for field in settings.custom_fields],
        files=waiting.named(session, actor, draft.get(_FILES)),
        limits=waiting.limits(session, actor),
    )


def save(session: Session, actor: Actor, values: dict[str, Any]) -> None:
    """Keep what is typed."""
    drafts.save(session, actor, _PLACE, values)


def submit(session: Session, actor: Actor, values: dict[str, Any]) -> TicketView:
    """Open the ticket and forget the draft.

    Args:
        values: the form's fields by their names; `tags` and `attachmentIds` are lists, `assign`
            is "on" or missing.

    Raises:
        Invalid: `fields` names what is wrong, by the names of the form.
    """
    actor.require(UserRole.AGENT)
    body: dict[str, Any] = {name: values.get(name) or None for name in _PLAIN}
    body["tags"] = values.get("tags") or []
    body[_FILES] = values.get(_FILES) or []
    body["source"] = TicketSource.MANUAL
    if values.get("assign"):
        body["assignedToId"] = "me"
    body["customFields"] = {
        name.removeprefix(FIELD): value
        for name, value in values.items()
        if name.startswith(FIELD) and value not in ("", [])
    }
    required = {"requesterName", "requesterEmail", "subject", "description"}
    given = {key: value for key, value in body.items() if value is not None or key in required}
    command = CreateTicket.parse({key: "" if v is None else v for key, v in given.items()})
    ticket = create.create(session, actor, command)
    drafts.discard(session, actor, _PLACE)
    return ticket


def suggest(session: Session, actor: Actor, words: str, *, limit: int = 6) -> list[dict[str, str]]:
    """Return people who wrote before or have an account, by the beginning of name or address."""
    actor.require(UserRole.AGENT, writes=False)
    known = {
        member.email: member.name
        for member in members.search(session, actor, words, role=UserRole.CUSTOMER, limit=limit)
    }
    if len(known) < limit and len(words) > 1:
        known = _requesters(session, actor, words, limit) | known
    return [{"email": email, "name": name} for email, name in list(known.items())[:limit]]


def _requesters(session: Session, actor: Actor, words: str, limit: int) -> dict[str, str]:
    start = words.lower().replace("\\", "").replace("%", "").replace("_", "\\_")
    email = col(Ticket.requester_email)
    found = session.exec(
        select(email, func.max(Ticket.requester_name))
        .where(
            Ticket.organization_id == actor.organization_id,
            email >= words.lower(),
            email < words.lower() + "\U0010ffff",
            email.like(f"{start}%"),
        )
        .group_by(email)
        .order_by(email)
        .limit(limit)
    )
    return dict(found.all())


def _field(field: CustomField) -> dict[str, Any]:
    return {
        "name": f"{FIELD}{field.key}",
        "label": field.label,
        "kind": field.kind,
        "help": field.help,
        "options": [{"value": option, "label": option} for option in field.options],
    }
