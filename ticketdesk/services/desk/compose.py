"""The composer: drafts that survive everything, and sending."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Malformed
from ticketdesk.models.enums import TicketStatus, UserRole
from ticketdesk.services import drafts
from ticketdesk.services.tickets import access, respond
from ticketdesk.services.tickets.commands import AddResponse

_KINDS = ("reply", "note")


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
) -> None:
    """Send a reply or keep a note, and forget its draft, in one transaction.

    Args:
        close: close the ticket as well.
        latest: the newest message when the author began to write.
        anyway: send although a newer one has come since.
        files: identifiers of the uploads that go with it.

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
    if not anyway and kind == "reply":
        command["latestResponseId"] = latest or None
    respond.respond(session, actor, ticket.id, AddResponse.parse(command))
    drafts.discard(session, actor, place)


def _place(ticket_id: str, kind: str) -> str:
    if kind not in _KINDS:
        raise Malformed("A message is a reply or a note.")
    return f"ticket:{ticket_id}:{kind}"
