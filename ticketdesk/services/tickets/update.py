"""Changing the facts of a ticket: each kind of change has its own history row."""

from typing import Any

from sqlmodel import Session, select

from ticketdesk import events
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Invalid
from ticketdesk.models import Ticket, User
from ticketdesk.models.enums import TicketActivityType, TicketPriority, UserRole
from ticketdesk.services import rich_text
from ticketdesk.services.sla.refresh import refresh
from ticketdesk.services.tickets import access
from ticketdesk.services.tickets.assign import apply_assignment, resolve_assignee
from ticketdesk.services.tickets.changed_words import changed_words
from ticketdesk.services.tickets.commands import UpdateTicket
from ticketdesk.services.tickets.status import apply_status
from ticketdesk.services.tickets.touch import touch
from ticketdesk.services.tickets.views import TicketView, ticket_view

_NOT_NULL = (
    "subject", "description", "description_format", "status", "priority", "tags",
    "custom_fields", "requester_name", "requester_email", "cc",
)  # fmt: skip


def update(
    session: Session,
    actor: Actor,
    reference: str,
    command: UpdateTicket,
    *,
    version: int | None = None,
) -> TicketView:
    """Change the given facts of a ticket in one go.

    Args:
        version: what the caller read (`If-Match`); a `version` in the command counts as well.

    Raises:
        NotFound: no such ticket or member.
        Conflict: the status move is not allowed, or the ticket changed since the command's version.
        Stale: the ticket changed since `version`.
        Invalid: null where a value must be.
    """
    actor.require(UserRole.AGENT)
    given = command.model_fields_set - {"version"}
    _refuse_nulls(command, given)
    ticket = access.find(session, actor, reference, lock=True)
    access.require_version(session, ticket, version)
    access.require_version(session, ticket, command.version, refusal=Conflict)
    changed = [
        _set_status(session, actor, ticket, command) if "status" in given else False,
        set_priority(session, actor, ticket, command.priority) if command.priority else False,
        set_category(session, actor, ticket, command.category) if "category" in given else False,
        set_tags(session, actor, ticket, command.tags) if command.tags is not None else False,
        _set_assignee(session, actor, ticket, command) if "assigned_to_id" in given else False,
        _set_rest(session, actor, ticket, command, given),
    ]
    if any(changed):
        touch(session, ticket)
    return ticket_view(ticket, actor)


def _refuse_nulls(command: UpdateTicket, given: set[str]) -> None:
    for name in _NOT_NULL:
        if name in given and getattr(command, name) is None:
            wire = UpdateTicket.model_fields[name].alias or name
            raise Invalid(f"{wire} cannot be null.", fields={wire: "This cannot be null."})


def _set_status(session: Session, actor: Actor, ticket: Ticket, command: UpdateTicket) -> bool:
    return bool(command.status) and apply_status(session, actor, ticket, command.status)


def _set_assignee(session: Session, actor: Actor, ticket: Ticket, command: UpdateTicket) -> bool:
    user = resolve_assignee(session, actor, command.assigned_to_id)
    return apply_assignment(session, actor, ticket, user)


def set_priority(session: Session, actor: Actor, ticket: Ticket, after: TicketPriority) -> bool:
    """Set the priority of a locked ticket; the due times move with it."""
    before = ticket.priority
    if before == after:
        return False
    ticket.priority = after
    refresh(session, ticket)
    events.record(
        session,
        actor,
        ticket,
        TicketActivityType.PRIORITY_CHANGED,
        f"changed the priority from {before} to {after}",
        changes={"priority": (before, after)},
    )
    return True


def set_category(session: Session, actor: Actor, ticket: Ticket, after: str | None) -> bool:
    """Set or clear the category of a locked ticket."""
    before = ticket.category
    if before == after:
        return False
    ticket.category = after
    events.record(
        session,
        actor,
        ticket,
        TicketActivityType.CATEGORY_CHANGED,
        f"set the category to {after}" if after else "cleared the category",
        changes={"category": (before, after)},
    )
    return True


def set_tags(session: Session, actor: Actor, ticket: Ticket, after: list[str]) -> bool:
    """Replace the tags of a locked ticket; what came and what went is recorded apart."""
    before = list(ticket.tags)
    added = [tag for tag in after if tag not in before]
    removed = [tag for tag in before if tag not in after]
    ticket.tags = after
    for kind, words, tags in (
        (TicketActivityType.TAG_ADDED, "added the tag", added),
        (TicketActivityType.TAG_REMOVED, "removed the tag", removed),
    ):
        if tags:
            events.record(
                session,
                actor,
                ticket,
                kind,
                f"{words} {', '.join(tags)}",
                changes={"tags": (before, after)},
            )
    return bool(added or removed)


def _set_rest(
    session: Session, actor: Actor, ticket: Ticket, command: UpdateTicket, given: set[str]
) -> bool:
    changes: dict[str, tuple[Any, Any]] = {}
    for name, wire in (
        ("subject", "subject"),
        ("requester_name", "requesterName"),
        ("requester_email", "requesterEmail"),
        ("cc", "cc"),
    ):
        if name in given and getattr(command, name) != getattr(ticket, name):
            changes[wire] = (getattr(ticket, name), getattr(command, name))
            setattr(ticket, name, getattr(command, name))
    if "requesterEmail" in changes:
        ticket.requester_id = session.exec(
            select(User.id).where(
                User.organization_id == ticket.organization_id,
                User.email == ticket.requester_email,
            )
        ).first()
    changes |= _set_description(ticket, command, given)
    changes |= _set_custom_fields(ticket, command)
    if not changes:
        return False
    words = changed_words(session, ticket, changes)
    events.record(session, actor, ticket, TicketActivityType.UPDATED, words, changes=changes)
    return True


def _set_description(
    ticket: Ticket, command: UpdateTicket, given: set[str]
) -> dict[str, tuple[Any, Any]]:
    if not given & {"description", "description_format"}:
        return {}
    content_format = command.description_format or ticket.description_format
    content = command.description if command.description is not None else ticket.description
    after = rich_text.stored(content, content_format)
    if (after, content_format) == (ticket.description, ticket.description_format):
        return {}
    before, ticket.description = ticket.description, after
    ticket.description_format = content_format
    ticket.description_text = rich_text.to_text(content, content_format)
    return {"description": (before, after)}


def _set_custom_fields(ticket: Ticket, command: UpdateTicket) -> dict[str, tuple[Any, Any]]:
    if command.custom_fields is None:
        return {}
    before = dict(ticket.custom_fields)
    merged = before | command.custom_fields
    after = {key: value for key, value in merged.items() if value is not None}
    if after == before:
        return {}
    ticket.custom_fields = after
    return {"customFields": (before, after)}
