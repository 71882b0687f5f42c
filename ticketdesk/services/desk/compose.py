"""The composer: drafts that survive everything, and sending."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Malformed
from ticketdesk.models.enums import ContentFormat, TicketStatus, UserRole
from ticketdesk.services import drafts, rich_text
from ticketdesk.services.library import canned_responses
from ticketdesk.services.library.variables import first_name
from ticketdesk.services.tickets import access, respond, send_guard
from ticketdesk.services.tickets.commands import AddResponse
from ticketdesk.services.tickets.snapshot import ticket_facts
from ticketdesk.services.tickets.undo_send import undo_send

_KINDS = ("reply", "note")


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply that left the editor, and what is needed to take it back."""

    response_id: str
    recipient: str
    before: dict[str, Any]
    version_after: int


def save(
    session: Session,
    actor: Actor,
    reference: str,
    kind: str,
    content: str,
    files: Sequence[str] = (),
) -> None:
    """Keep what is typed and which uploads go with it; neither forgets it.

    Args:
        kind: "reply" or "note".
        files: identifiers of uploads.
    """
    actor.require(UserRole.AGENT)
    ticket = access.find(session, actor, reference)
    draft = {"content": content, "files": list(files)}
    drafts.save(session, actor, _place(ticket.id, kind), draft)


def send(
    session: Session,
    actor: Actor,
    reference: str,
    kind: str,
    content: str,
    *,
    close: bool,
    latest: str | None,
    anyway: bool,
    files: Sequence[str] = (),
    wait: bool = False,
) -> Sent | None:
    """Send a reply or keep a note, and forget its draft, in one transaction.

    Args:
        close: close the ticket as well.
        latest: the newest message when the author began to write.
        anyway: send although a newer one has come since.
        files: identifiers of the uploads that go with it.
        wait: let the ticket wait for the customer as well.

    Returns:
        What takes a reply back; None for a note, which leaves nowhere.

    Raises:
        Conflict: with code `newer_message`, a newer one has come.
    """
    actor.require(UserRole.AGENT)
    ticket = access.find(session, actor, reference)
    place = _place(ticket.id, kind)
    command: dict[str, Any] = {
        "content": content,
        "isInternal": kind == "note",
        "attachmentIds": list(files),
    }
    if close and ticket.status != TicketStatus.CLOSED:
        command["statusChange"] = TicketStatus.CLOSED
    elif wait and ticket.status != TicketStatus.WAITING_ON_CUSTOMER:
        command["statusChange"] = TicketStatus.WAITING_ON_CUSTOMER
    if not anyway and kind == "reply":
        command["latestResponseId"] = latest or None
    before = ticket_facts(ticket)
    done = respond.respond(session, actor, ticket.id, AddResponse.parse(command))
    drafts.discard(session, actor, place)
    if kind == "note" or done.response is None or done.ticket.id != ticket.id:
        return None
    recipient = ticket.requester_name or ticket.requester_email
    return Sent(done.response.id, recipient, before, done.ticket.version)


def take_back(
    session: Session,
    actor: Actor,
    reference: str,
    response_id: str,
    before: dict[str, Any],
    version_after: int,
) -> None:
    """Undo a reply within its window; it is the draft again.

    Raises:
        Conflict: it has left already.
    """
    actor.require(UserRole.AGENT)
    content, files = undo_send(session, actor, reference, response_id, before, version_after)
    ticket = access.find(session, actor, reference)
    place = _place(ticket.id, "reply")
    if not (drafts.load(session, actor, place) or {}).get("content"):
        drafts.save(session, actor, place, {"content": content, "files": files})


def doubts(
    session: Session, actor: Actor, reference: str, content: str, *, has_files: bool
) -> list[dict[str, str]]:
    """Return what its author may have overlooked in a reply, with what one click can set right.

    Each has `kind`, `message`, and for a wrong greeting `wrong` and `right`.
    """
    actor.require(UserRole.AGENT, writes=False)
    found = send_guard.check(
        session, actor, reference, content, ContentFormat.TEXT, has_files=has_files
    )
    requester = access.find(session, actor, reference).requester_name
    greeted = send_guard.greeted_name(content) or ""
    return [
        {"kind": doubt.kind, "message": doubt.message}
        | (
            {"wrong": greeted, "right": first_name(requester)}
            if doubt.kind == "greeting"
            else {"wrong": "", "right": ""}
        )
        for doubt in found
    ]


def canned(session: Session, actor: Actor) -> list[dict[str, str]]:
    """Return the texts that `/` offers, as choices."""
    actor.require(UserRole.AGENT, writes=False)
    return [
        {
            "id": one.id,
            "title": one.title,
            "shortcut": one.shortcut,
            "folder": one.folder or ("Shared" if one.shared else "Mine"),
        }
        for one in canned_responses.list_all(session, actor)
    ]


def filled(session: Session, actor: Actor, canned_id: str, reference: str) -> dict[str, Any]:
    """Return a canned response as plain text for a ticket, and the variables without a value."""
    actor.require(UserRole.AGENT, writes=False)
    done = canned_responses.insert(session, actor, canned_id, reference)
    return {"text": rich_text.to_text(done.content, ContentFormat.HTML), "empty": done.empty}


def _place(ticket_id: str, kind: str) -> str:
    if kind not in _KINDS:
        raise Malformed("A message is a reply or a note.")
    return f"ticket:{ticket_id}:{kind}"
