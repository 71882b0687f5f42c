"""The composer: drafts that survive everything, and sending."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Malformed
from ticketdesk.models import Ticket
from ticketdesk.models.enums import ContentFormat, UserRole
from ticketdesk.services import drafts, rich_text
from ticketdesk.services.tickets import access, respond
from ticketdesk.services.tickets.commands import AddResponse
from ticketdesk.services.tickets.snapshot import ticket_facts
from ticketdesk.services.tickets.undo_send import undo_send

Copies = dict[str, list[str]]
_KINDS = ("reply", "note")
_NONE: Mapping[str, Sequence[str]] = {}


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply that left the editor, and what is needed to take it back."""

    response_id: str
    recipient: str
    before: dict[str, Any]
    version_after: int
    cc: list[str]


@dataclass(frozen=True, slots=True)
class Typed:
    """A draft as the editor shows it: HTML, the identifiers of its uploads, who gets copies."""

    html: str
    files: list[str]
    copies: Copies


def save(
    session: Session,
    actor: Actor,
    reference: str,
    kind: str,
    content: str,
    files: Sequence[str] = (),
    copies: Mapping[str, Sequence[str]] = _NONE,
) -> None:
    """Keep what is typed, which uploads go with it and who gets copies; nothing forgets it.

    Args:
        kind: "reply" or "note".
        content: HTML of the editor.
        files: identifiers of uploads.
        copies: addresses under `cc` and `bcc`; what the ticket's own CC says needs no keeping.
    """
    actor.require(UserRole.AGENT)
    ticket = access.find(session, actor, reference)
    draft: dict[str, Any] = {"content": content, "files": list(files)}
    if kind == "reply" and copies and _lists(copies) != {"cc": list(ticket.cc), "bcc": []}:
        draft["copies"] = _lists(copies)
    if any(draft.values()):
        draft["format"] = str(ContentFormat.HTML)
    drafts.save(session, actor, _place(ticket.id, kind), draft)


def typed(session: Session, actor: Actor, ticket: Ticket, kind: str) -> Typed:
    """Return the caller's draft; copies begin with those of the ticket."""
    actor.require(UserRole.AGENT, writes=False)
    begun: Copies = {"cc": list(ticket.cc), "bcc": []}
    if actor.user_id is None:
        return Typed("", [], begun)
    draft = drafts.load(session, actor, _place(ticket.id, kind)) or {}
    content, files = str(draft.get("content", "")), draft.get("files") or []
    is_html = draft.get("format") == ContentFormat.HTML
    shown = rich_text.to_html(content, ContentFormat.HTML if is_html else ContentFormat.TEXT)
    return Typed(shown, files, draft.get("copies") or begun)


def send(
    session: Session,
    actor: Actor,
    reference: str,
    kind: str,
    content: str,
    *,
    then: str = "",
    latest: str | None,
    anyway: bool,
    files: Sequence[str] = (),
    copies: Mapping[str, Sequence[str]] = _NONE,
    content_format: ContentFormat = ContentFormat.HTML,
) -> Sent | None:
    """Send a reply or keep a note, and forget its draft, in one transaction.

    Args:
        then: the status the ticket gets as well; "" leaves it to the rules.
        latest: the newest message when the author began to write.
        anyway: send although a newer one has come since.
        files: identifiers of the uploads that go with it.
        copies: addresses under `cc` and `bcc`; those in CC stay with the ticket.

    Returns what takes a reply back; None for a note, which leaves nowhere.
    Raises `Conflict` with code `newer_message`, and `Invalid` for a wrong address or no text.
    """
    actor.require(UserRole.AGENT)
    ticket = access.find(session, actor, reference)
    place, before = _place(ticket.id, kind), ticket_facts(ticket)
    command = {"content": content, "contentFormat": content_format, "attachmentIds": list(files)}
    parsed = AddResponse.parse(command | _addressed(ticket, kind, then, latest, anyway, copies))
    if kind == "reply" and "cc" in copies:
        # Whoever is in copy stays in it: the next reply begins with the same addresses.
        ticket.cc = list(dict.fromkeys(parsed.cc))
    done = respond.respond(session, actor, ticket.id, parsed)
    drafts.discard(session, actor, place)
    if kind == "note" or done.response is None or done.ticket.id != ticket.id:
        return None
    recipient = ticket.requester_name or ticket.requester_email
    return Sent(done.response.id, recipient, before, done.ticket.version, list(ticket.cc))


def _addressed(
    ticket: Ticket,
    kind: str,
    then: str,
    latest: str | None,
    anyway: bool,
    copies: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """Whom a message is for, and what becomes of the ticket with it."""
    command: dict[str, Any] = {"isInternal": kind == "note"}
    if then and ticket.status != then:
        command["statusChange"] = then
    if kind == "reply":
        command |= _lists(copies) | ({} if anyway else {"latestResponseId": latest or None})
    return command


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
    undone = undo_send(session, actor, reference, response_id, before, version_after)
    ticket = access.find(session, actor, reference)
    place = _place(ticket.id, "reply")
    if not (drafts.load(session, actor, place) or {}).get("content"):
        copies = {"cc": undone.cc, "bcc": undone.bcc}
        save(session, actor, ticket.id, "reply", undone.html, undone.files, copies)


def _lists(copies: Mapping[str, Sequence[str]]) -> Copies:
    return {name: list(copies.get(name, ())) for name in ("cc", "bcc")}


def _place(ticket_id: str, kind: str) -> str:
    if kind not in _KINDS:
        raise Malformed("A message is a reply or a note.")
    return f"ticket:{ticket_id}:{kind}"
