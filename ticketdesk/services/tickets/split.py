"""Splitting chosen messages off to a ticket of their own, and back (semantics.md)."""

from typing import Annotated

from pydantic import Field
from sqlmodel import Session, col, select

from ticketdesk import clock, events
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import Ticket, TicketLink, TicketResponse, TicketSplit
from ticketdesk.models.enums import LinkKind, TicketActivityType, UserRole
from ticketdesk.models.wire import Command, Moment, View
from ticketdesk.services.sla.refresh import refresh
from ticketdesk.services.tickets import access, numbers
from ticketdesk.services.tickets.commands import Reference, Subject
from ticketdesk.services.tickets.merge import retarget
from ticketdesk.services.tickets.snapshot import give_back, ticket_facts
from ticketdesk.services.tickets.touch import settle, touch
from ticketdesk.services.tickets.views import TicketView, ticket_view

_CANNOT = "This split can no longer be undone: "


class SplitTicket(Command):
    """The messages to move and the subject of the new ticket."""

    response_ids: Annotated[list[Reference], Field(min_length=1, max_length=500)]
    subject: Subject


class SplitView(View):
    """A split as the API gives it."""

    id: str
    source_id: str
    new_ticket_id: str | None
    response_ids: list[str]
    performed_by_name: str
    created_at: Moment
    undone_at: Moment | None


class SplitDone(View):
    """The split and the ticket it made."""

    split: SplitView
    ticket: TicketView


def split(session: Session, actor: Actor, reference: str, command: SplitTicket) -> SplitDone:
    """Move messages, with their files, to a new ticket of the same requester, and link the two.

    Raises:
        NotFound: the ticket is not there, or a message is not one of its.
    """
    actor.require(UserRole.AGENT)
    source = access.find(session, actor, reference, lock=True)
    moved = _chosen(session, source, command.response_ids)
    before = ticket_facts(source)
    ticket = _open(session, actor, source, command.subject, moved)
    retarget(session, [row.id for row in moved], ticket.id)
    row = TicketSplit(
        id=new_id("split"),
        organization_id=source.organization_id,
        source_id=source.id,
        new_ticket_id=ticket.id,
        response_ids=[message.id for message in moved],
        source_before=before,
        performed_by_id=actor.user_id,
        performed_by_name=actor.name,
    )
    session.add(row)
    session.add(
        TicketLink(
            id=new_id("link"),
            organization_id=source.organization_id,
            ticket_id=ticket.id,
            other_ticket_id=source.id,
            kind=LinkKind.RELATED,
            created_by_id=actor.user_id,
        )
    )
    events.record(
        session,
        actor,
        source,
        TicketActivityType.SPLIT,
        f"split {len(moved)} messages off to #{ticket.ticket_number}",
        changes={"splitTo": (None, ticket.id)},
    )
    touch(session, source)
    settle(session, ticket)
    return SplitDone(split=SplitView.model_validate(row), ticket=ticket_view(ticket, actor))


def undo_split(session: Session, actor: Actor, reference: str, split_id: str) -> SplitView:
    """Move the messages back and delete the ticket that the split made.

    Raises:
        NotFound: no such split of this ticket.
        Conflict: it was undone, or something later depends on it; says what.
    """
    actor.require(UserRole.AGENT)
    row = session.exec(
        select(TicketSplit)
        .where(TicketSplit.organization_id == actor.organization_id, TicketSplit.id == split_id)
        .with_for_update()
    ).first()
    source = access.find(session, actor, reference, lock=True)
    if row is None or row.source_id != source.id:
        raise NotFound("There is no such split.")
    if row.undone_at:
        raise Conflict("This split was undone already.")
    made = _untouched(session, row)
    retarget(session, row.response_ids, source.id)
    session.flush()
    session.expire_all()
    session.delete(session.get_one(Ticket, made.id))
    session.flush()
    row.undone_at = clock.now()
    session.add(row)
    give_back(source, row.source_before, {"last_message_at"})
    events.record(
        session,
        actor,
        source,
        TicketActivityType.SPLIT_UNDONE,
        f"took the messages of #{made.ticket_number} back",
        changes={"splitTo": (made.id, None)},
    )
    touch(session, source)
    return SplitView.model_validate(row)


def _chosen(session: Session, source: Ticket, response_ids: list[str]) -> list[TicketResponse]:
    wanted = list(dict.fromkeys(response_ids))
    rows = session.exec(
        select(TicketResponse)
        .where(TicketResponse.ticket_id == source.id, col(TicketResponse.id).in_(wanted))
        .order_by(col(TicketResponse.created_at), col(TicketResponse.id))
        .with_for_update()
    ).all()
    if len(rows) < len(wanted):
        message = "A message is not part of this ticket."
        raise NotFound(message, fields={"responseIds": message})
    return list(rows)


def _open(
    session: Session, actor: Actor, source: Ticket, subject: str, moved: list[TicketResponse]
) -> Ticket:
    words = f"Split from ticket #{source.ticket_number}: {source.subject}"
    ticket = Ticket(
        id=new_id("ticket"),
        organization_id=source.organization_id,
        ticket_number=numbers.take(session, source.organization_id),
        subject=subject,
        description=words,
        description_text=words,
        priority=source.priority,
        category=source.category,
        source=source.source,
        requester_id=source.requester_id,
        requester_email=source.requester_email,
        requester_name=source.requester_name,
        cc=list(source.cc),
        assigned_to_id=source.assigned_to_id,
        assigned_at=clock.now() if source.assigned_to_id else None,
        tags=list(source.tags),
        ticket_metadata={"splitFromTicketId": source.id},
    )
    ticket.last_message_at = max(row.created_at for row in moved)
    refresh(session, ticket)
    session.add(ticket)
    session.flush()
    events.record(
        session,
        actor,
        ticket,
        TicketActivityType.SPLIT,
        f"split this ticket off #{source.ticket_number}",
        changes={"splitFrom": (None, source.id)},
    )
    return ticket


def _untouched(session: Session, row: TicketSplit) -> Ticket:
    """Return the made ticket, locked, if nothing happened to it since."""
    made = session.exec(
        select(Ticket).where(Ticket.id == row.new_ticket_id).with_for_update()
    ).first()
    if made is None:
        raise Conflict(_CANNOT + "the new ticket was deleted.")
    present = session.exec(
        select(TicketResponse.id).where(TicketResponse.ticket_id == made.id)
    ).all()
    if made.version != 1 or set(present) != set(row.response_ids):
        raise Conflict(_CANNOT + f"ticket #{made.ticket_number} was changed since.")
    return made
