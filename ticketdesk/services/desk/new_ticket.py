"""The form for a ticket that an agent opens for somebody."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid
from ticketdesk.models import Ticket
from ticketdesk.models.enums import ContentFormat, TicketSource, UserRole
from ticketdesk.services import drafts, members, rich_text, ticket_settings
from ticketdesk.services.desk import new_ticket_fields, rows, ticket_templates
from ticketdesk.services.files import waiting
from ticketdesk.services.tickets import create, similar
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.views import TicketView

_PLACE = "ticket:new"
_PLAIN = ("requesterName", "requesterEmail", "subject", "description", "priority", "category")
_FILES = "attachmentIds"
_FORMAT = "descriptionFormat"


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
    templates: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Known:
    """What an agent should know while typing: the requester's tickets and likely doubles."""

    recent: list[dict[str, Any]]
    alike: list[dict[str, Any]]


def begin(session: Session, actor: Actor) -> NewTicket:
    """Return the form's choices and what the caller had typed before."""
    actor.require(UserRole.AGENT)
    settings = ticket_settings.of(session, actor.organization_id).embed_config
    choices = rows.choices(session, actor)
    draft = drafts.load(session, actor, _PLACE) or {}
    if draft.get("description") and draft.get(_FORMAT) != ContentFormat.HTML:
        draft["description"] = rich_text.to_html(str(draft["description"]), ContentFormat.TEXT)
    return NewTicket(
        draft=draft,
        priority=str(settings.default_priority),
        categories=choices.categories,
        tags=choices.tags,
        fields=new_ticket_fields.shown(settings),
        files=waiting.named(session, actor, draft.get(_FILES)),
        limits=waiting.limits(session, actor),
        templates=[
            {"value": one.title, "label": one.title}
            for one in ticket_templates.list_all(session, actor)
        ],
    )


def save(session: Session, actor: Actor, values: dict[str, Any]) -> None:
    """Keep what is typed; the description is HTML of the editor."""
    drafts.save(session, actor, _PLACE, values | {_FORMAT: str(ContentFormat.HTML)})


def discard(session: Session, actor: Actor) -> None:
    """Forget what is typed."""
    drafts.discard(session, actor, _PLACE)


def know(session: Session, actor: Actor, email: str, subject: str) -> Known:
    """Return the newest tickets of a requester, and those whose subject is much like this one."""
    actor.require(UserRole.AGENT, writes=False)
    recent = similar.of_requester(session, actor, email) if "@" in email else []
    known = {one.id for one in recent}
    alike = [one for one in similar.like(session, actor, subject) if one.id not in known]
    return Known([_line(one) for one in recent], [_line(one) for one in alike])


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
    body["cc"] = values.get("cc") or []
    body[_FORMAT] = ContentFormat.HTML
    embed = ticket_settings.of(session, actor.organization_id).embed_config
    required = {"requesterName", "requesterEmail", "subject", "description"}
    given = {key: value for key, value in body.items() if value is not None or key in required}
    try:
        own = new_ticket_fields.answers(embed, values)
    except Invalid as error:
        # All that is wrong is told at once.
        raise Invalid(error.message, fields=_wrong(given) | error.fields) from error
    ticket = create.create(session, actor, _parsed(given | {"customFields": own}))
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


def _parsed(given: dict[str, Any]) -> CreateTicket:
    return CreateTicket.parse({key: "" if v is None else v for key, v in given.items()})


def _wrong(given: dict[str, Any]) -> dict[str, str]:
    try:
        _parsed(given)
    except Invalid as error:
        return error.fields
    return {}


def _line(one: similar.SimilarTicket) -> dict[str, Any]:
    return {
        "number": one.ticket_number,
        "subject": one.subject,
        "status": str(one.status),
        "requester": one.requester_name,
        "at": one.created_at.isoformat(),
    }
