"""Merging, splitting and linking from the screen, with what would come of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Ticket, TicketResponse
from ticketdesk.models.enums import LinkKind, ResponseAuthorType, UserRole
from ticketdesk.services.desk import find
from ticketdesk.services.desk.beside import LINK_WORDS
from ticketdesk.services.tickets import access, links, similar
from ticketdesk.services.tickets import merge as merging
from ticketdesk.services.tickets import split as splitting
from ticketdesk.services.tickets.links import LinkTicket
from ticketdesk.services.tickets.merge import MergeTickets
from ticketdesk.services.tickets.split import SplitTicket

_FOUND = 8
_SHOWN = 100
_WORDS = 160

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """A sentence about what is now, and what takes it back (see `desk/undo.py`)."""

    sentence: str
    undo: tuple[str, list[Any]]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge or a split would give.

    `lines` are the messages in their order, the newest 100; `earlier` counts those before them, and
    `copied` names the addresses that would hear of the ticket from then on.
    """

    title: str
    lines: list[Line]
    earlier: int = 0
    copied: list[str] = field(default_factory=list)


def candidates(session: Session, actor: Actor, reference: str, words: str) -> list[Line]:
    """Return tickets that might be meant: by words or number, else what resembles this one.

    Args:
        reference: the ticket that is to be merged or linked; never among the results.
    """
    actor.require(UserRole.AGENT, writes=False)
    ticket = access.find(session, actor, reference)
    if words.strip():
        found = find.by_words(session, actor, words.strip(), limit=_FOUND + 1)
        return [line for line in found if line["number"] != ticket.ticket_number][:_FOUND]
    alike = [
        *similar.like(session, actor, ticket.subject, limit=_FOUND),
        *similar.of_requester(session, actor, ticket.requester_email, leave_out=ticket.id),
    ]
    lines = {
        one.ticket_number: {
            "number": one.ticket_number,
            "subject": one.subject,
            "status": str(one.status),
            "requester": one.requester_name,
        }
        for one in alike
        if one.id != ticket.id
    }
    return list(lines.values())[:_FOUND]


def merge_preview(session: Session, actor: Actor, target: str, sources: Sequence[str]) -> Preview:
    """Return the conversation that merging would give.

    Raises:
        NotFound, Invalid: as merging says.
    """
    actor.require(UserRole.AGENT, writes=False)
    into = merging.final_target(session, access.find(session, actor, target))
    wanted = MergeTickets.parse({"sourceTicketIds": list(sources)}).source_ticket_ids
    merged = [access.find(session, actor, source) for source in wanted]
    tickets = {ticket.id: ticket for ticket in (into, *merged)}
    people = dict.fromkeys(
        address for ticket in merged for address in (ticket.requester_email, *ticket.cc)
    )
    lines, earlier = _conversation(session, list(tickets.values()))
    known = {into.requester_email, *into.cc}
    return Preview(
        title=f"{into.ticket_number} {into.subject}",
        lines=lines,
        earlier=earlier,
        copied=[address for address in people if address not in known],
    )


def merge(session: Session, actor: Actor, target: str, sources: Sequence[str]) -> Done:
    """Merge tickets into another.

    Raises:
        NotFound, Invalid, Conflict: as merging says.
    """
    actor.require(UserRole.AGENT)
    command = MergeTickets.parse({"sourceTicketIds": list(sources)})
    done = merging.merge(session, actor, target, command)
    into = access.find(session, actor, done.target_id)
    count = len(done.source_ticket_ids)
    taken = "1 ticket is" if count == 1 else f"{count} tickets are"
    sentence = f"{taken} merged into {into.ticket_number}"
    return Done(sentence, ("merge", [into.id, done.id]), into.ticket_number)


def split_preview(
    session: Session, actor: Actor, reference: str, response_ids: Sequence[str]
) -> Preview:
    """Return the messages that would go to the new ticket.

    Raises:
        NotFound: a message is not one of the ticket's.
    """
    actor.require(UserRole.AGENT, writes=False)
    ticket = access.find(session, actor, reference)
    wanted = SplitTicket.parse({"responseIds": list(response_ids), "subject": "-"}).response_ids
    rows = session.exec(
        select(TicketResponse)
        .where(TicketResponse.ticket_id == ticket.id, col(TicketResponse.id).in_(wanted))
        .order_by(col(TicketResponse.created_at), col(TicketResponse.id))
        .limit(_SHOWN)
    ).all()
    return Preview(ticket.subject, [_line(row, ticket) for row in rows])


def split(
    session: Session, actor: Actor, reference: str, response_ids: Sequence[str], subject: str
) -> Done:
    """Move messages to a ticket of their own.

    Raises:
        NotFound: a message is not one of the ticket's.
        Invalid: no subject, or no message.
    """
    actor.require(UserRole.AGENT)
    command = SplitTicket.parse({"responseIds": list(response_ids), "subject": subject})
    done = splitting.split(session, actor, reference, command)
    number = done.ticket.ticket_number
    moved = len(done.split.response_ids)
    said = "1 message is" if moved == 1 else f"{moved} messages are"
    undo = ("split", [done.split.source_id, done.split.id])
    return Done(f"{said} in {number} now", undo, number)


def link(session: Session, actor: Actor, reference: str, other: str, kind: str) -> Done:
    """Relate a ticket to another.

    Args:
        kind: what the other one is to this one: RELATED, PARENT, CHILD or DUPLICATE.

    Raises:
        NotFound, Invalid, Conflict: as linking says.
    """
    actor.require(UserRole.AGENT)
    made = links.link(
        session, actor, reference, LinkTicket.parse({"ticketId": other, "kind": kind})
    )
    sentence = f"{made.ticket_number} is linked: {LINK_WORDS[made.kind].lower()}"
    return Done(sentence, ("link", [reference, made.id]), made.ticket_number)


def unlink(session: Session, actor: Actor, reference: str, link_id: str) -> Done:
    """Remove a relation.

    Raises:
        NotFound: no such link on this ticket.
    """
    actor.require(UserRole.AGENT)
    present = {one.id: one for one in links.list_links(session, actor, reference)}
    links.unlink(session, actor, reference, link_id)
    gone = present[link_id]
    undo = ("unlink", [reference, gone.ticket_id, str(LinkKind(gone.kind))])
    return Done(f"{gone.ticket_number} is linked no more", undo, gone.ticket_number)


def _conversation(session: Session, tickets: list[Ticket]) -> tuple[list[Line], int]:
    by_id = {ticket.id: ticket for ticket in tickets}
    newest = session.exec(
        select(TicketResponse)
        .where(col(TicketResponse.ticket_id).in_(list(by_id)))
        .order_by(col(TicketResponse.created_at).desc(), col(TicketResponse.id).desc())
        .limit(_SHOWN + 1)
    ).all()
    lines = [_line(row, by_id[row.ticket_id]) for row in newest]
    lines += [_opening(ticket) for ticket in tickets]
    lines.sort(key=lambda line: line["at"])
    return lines[-_SHOWN:], max(0, len(lines) - _SHOWN)


def _opening(ticket: Ticket) -> Line:
    return {
        "id": ticket.id,
        "number": ticket.ticket_number,
        "kind": "customer",
        "author": ticket.requester_name or ticket.requester_email,
        "at": ticket.created_at.isoformat(),
        "words": _short(ticket.description_text),
    }


def _line(row: TicketResponse, ticket: Ticket) -> Line:
    by_customer = row.author_type in (ResponseAuthorType.CUSTOMER, ResponseAuthorType.EMAIL)
    return {
        "id": row.id,
        "number": ticket.ticket_number,
        "kind": "note" if row.is_internal else "customer" if by_customer else "agent",
        "author": row.author_name,
        "at": row.created_at.isoformat(),
        "words": _short(row.content_text),
    }


def _short(text: str) -> str:
    words = " ".join(text[: _WORDS * 4].split())
    return words if len(words) <= _WORDS else f"{words[:_WORDS]}…"
