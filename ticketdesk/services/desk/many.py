"""One change of the tickets that were ticked in the list, and what to say about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid, Malformed
from ticketdesk.models.enums import ContentFormat, UserRole
from ticketdesk.services import ticket_settings
from ticketdesk.services.desk.query import filters_of
from ticketdesk.services.rich_text import to_html
from ticketdesk.services.tickets import bulk, listing

_FIELDS = {
    "status": "status",
    "priority": "priority",
    "assignee": "assignedToId",
    "category": "category",
    "tag": "addTags",
    "untag": "removeTags",
}


def change(
    session: Session,
    actor: Actor,
    ticket_ids: Sequence[str],
    field: str,
    value: str,
    *,
    everything_in: Mapping[str, str] | None = None,
) -> bulk.BulkView:
    """Change a fact of many tickets; beyond 100 a job does it.

    Args:
        field: status, priority, assignee, category, tag (which is added) or untag (which goes).
        value: the new value; `none` and "" are nobody.
        everything_in: the list's parameters, when all tickets of the list are meant.

    Raises:
        Malformed: there is no such fact.
        Invalid: no tickets, or a value that does not exist.
    """
    actor.require(UserRole.AGENT)
    if field not in _FIELDS:
        raise Malformed("There is no such fact.")
    given: Any = [value] if field in ("tag", "untag") else value
    if field in ("assignee", "category") and value in ("", "none"):
        given = None
    if field == "assignee" and value == "me":
        given = actor.user_id
    ids = _meant(session, actor, ticket_ids, everything_in)
    return _start(session, actor, ids, {_FIELDS[field]: given})


def reply(
    session: Session,
    actor: Actor,
    ticket_ids: Sequence[str],
    text: str,
    *,
    everything_in: Mapping[str, str] | None = None,
) -> bulk.BulkView:
    """Send one reply on many tickets; its variables are filled for each.

    Args:
        text: plain text; an empty line begins a new paragraph.

    Raises:
        Invalid: nothing to say, or a variable that does not exist.
    """
    actor.require(UserRole.AGENT)
    if not text.strip():
        raise Invalid("Write the reply first.", fields={"reply": "Write the reply first."})
    ids = _meant(session, actor, ticket_ids, everything_in)
    return _start(session, actor, ids, {"reply": to_html(text, ContentFormat.TEXT)})


def delete(
    session: Session,
    actor: Actor,
    ticket_ids: Sequence[str],
    *,
    everything_in: Mapping[str, str] | None = None,
) -> bulk.BulkView:
    """Delete many tickets, so that they can be restored; admins only.

    Raises:
        Invalid: no tickets.
    """
    actor.require(UserRole.ADMIN)
    ids = _meant(session, actor, ticket_ids, everything_in)
    command = bulk.BulkDelete.parse({"ticketIds": ids[: bulk.LARGEST]})
    return bulk.start_delete(session, actor, command, further=ids[bulk.LARGEST :])


def undo_seconds(session: Session, actor: Actor) -> int:
    """Return how long a reply can be taken back."""
    actor.require(UserRole.AGENT, writes=False)
    return ticket_settings.of(session, actor.organization_id).email_config.undo_seconds


def sentence(done: bulk.BulkView) -> str:
    """Return what a finished bulk action did, in words."""
    changed = done.total - len(done.refused)
    what = {"delete": "deleted", "reply": "answered"}.get(done.kind, "changed")
    said = f"1 ticket is {what}" if changed == 1 else f"{changed:,} tickets are {what}"
    if not done.refused:
        return said
    return f"{said}, {len(done.refused):,} left alone: {next(iter(done.refused.values()))}"


def taken_back(done: bulk.BulkView) -> str:
    """Return what taking a bulk action back did, or is doing, in words."""
    if not done.is_undone:
        return f"The {done.total:,} tickets are being given back"
    said = "The deleted tickets are back" if done.kind == "delete" else "The change is taken back"
    if not done.refused:
        return said
    return f"{said}, {len(done.refused):,} left alone: {next(iter(done.refused.values()))}"


def _start(session: Session, actor: Actor, ids: list[str], change: dict[str, Any]) -> bulk.BulkView:
    command = bulk.BulkChange.parse({"ticketIds": ids[: bulk.LARGEST], "change": change})
    return bulk.start(session, actor, command, further=ids[bulk.LARGEST :])


def _meant(
    session: Session,
    actor: Actor,
    ticket_ids: Sequence[str],
    everything_in: Mapping[str, str] | None,
) -> list[str]:
    if everything_in is None:
        return list(ticket_ids)
    return listing.identifiers(session, actor, filters_of(everything_in))
