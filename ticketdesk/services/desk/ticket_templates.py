"""Ticket templates: filled-in starts of the form for a new ticket, kept with the settings."""

from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid, NotFound
from ticketdesk.models.enums import ContentFormat, UserRole
from ticketdesk.models.ticket_settings import TicketTemplate
from ticketdesk.services import rich_text, ticket_settings


def list_all(session: Session, actor: Actor) -> list[TicketTemplate]:
    """Return the organization's templates in their order."""
    actor.require(UserRole.AGENT, writes=False)
    return list(ticket_settings.of(session, actor.organization_id).ticket_templates)


def save(
    session: Session, actor: Actor, position: int, values: dict[str, Any], version: int
) -> None:
    """Add a template, or put another in its place.

    Args:
        position: of the one that is changed; -1 adds one at the end.
        values: a `TicketTemplate`; its description is HTML of the editor.
        version: of the settings they were read with.

    Raises:
        Invalid: a value is wrong, or another template has the title.
        NotFound: there is none at the position.
        Stale: somebody changed the settings meanwhile.
    """
    actor.require(UserRole.ADMIN)
    template = TicketTemplate.parse(values)
    template = template.model_copy(
        update={"description": rich_text.stored(template.description, ContentFormat.HTML)}
    )
    kept = list_all(session, actor)
    others = [one.title.casefold() for at, one in enumerate(kept) if at != position]
    if template.title.casefold() in others:
        raise Invalid("Another template has this title.", fields={"title": "This title is taken."})
    if position == -1:
        kept.append(template)
    else:
        kept[_known(kept, position)] = template
    _keep(session, actor, kept, version)


def delete(session: Session, actor: Actor, position: int, version: int) -> None:
    """Remove a template; NotFound and Stale as for `save`."""
    actor.require(UserRole.ADMIN)
    kept = list_all(session, actor)
    del kept[_known(kept, position)]
    _keep(session, actor, kept, version)


def start(session: Session, actor: Actor, title: str) -> dict[str, Any]:
    """Return what a template puts into the form, by the form's names.

    Raises:
        NotFound: it is not there any more.
    """
    actor.require(UserRole.AGENT, writes=False)
    found = next((one for one in list_all(session, actor) if one.title == title), None)
    if found is None:
        raise NotFound("This template is not there any more.")
    values: dict[str, Any] = {
        "subject": found.subject,
        "description": rich_text.sanitise(found.description),
        "priority": str(found.priority or ""),
        "category": found.category,
        "tags": list(found.tags),
    }
    return {name: value for name, value in values.items() if value}


def _known(kept: list[TicketTemplate], position: int) -> int:
    if not 0 <= position < len(kept):
        raise NotFound("This template is not there any more.")
    return position


def _keep(session: Session, actor: Actor, kept: list[TicketTemplate], version: int) -> None:
    whole = [one.model_dump(mode="json", by_alias=True) for one in kept]
    ticket_settings.change(session, actor, {"ticketTemplates": whole}, version=version)
