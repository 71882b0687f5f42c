"""The composer: drafts that survive everything, and sending."""

from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Malformed
from ticketdesk.models.enums import TicketStatus, UserRole
from ticketdesk.services import drafts
from ticketdesk.services.tickets import access, respond
from ticketdesk.services.tickets.commands import AddResponse

_KINDS = ("reply", "note")


def save(session: Session, actor: Actor, reference: str, kind: str, content: str) -> None:
    """Keep what is typed; empty text forgets it.

    Args:
        kind: "reply" or "note".
    """
    actor.require(UserRole.AGENT)
    ticket = access.find(session, actor, reference)
    drafts.save(session, actor, _place(ticket.id, kind), {"content": content})


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
) -> None:
    """Send a reply or keep a note, and forget its draft, in one transaction.

    Args:
        close: close the ticket as well.
        latest: the newest message when the author began to write.
        anyway: send although a newer one has come since.

    Raises:
        Conflict: with code `newer_message`, a newer one has come.
    """
    actor.require(UserRole.AGENT)
    ticket = access.find(session, actor, reference)
    place = _place(ticket.id, kind)
    command: dict[str, Any] = {"content": content, "isInternal": kind == "note"}
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
