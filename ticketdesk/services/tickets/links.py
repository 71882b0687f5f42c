"""Relations between tickets: stored once, read from both sides."""

from sqlmodel import Session, col, or_, select

from ticketdesk import events
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Invalid, NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import Ticket, TicketLink
from ticketdesk.models.enums import LinkKind, TicketActivityType, TicketStatus, UserRole
from ticketdesk.models.wire import Command, Moment, View
from ticketdesk.services.tickets import access
from ticketdesk.services.tickets.commands import Reference
from ticketdesk.services.tickets.touch import touch

# A link is stored from its parent or duplicate's side; the other side reads the opposite word.
_OPPOSITE = {
    LinkKind.RELATED: LinkKind.RELATED,
    LinkKind.PARENT: LinkKind.CHILD,
    LinkKind.CHILD: LinkKind.PARENT,
    LinkKind.DUPLICATE: LinkKind.DUPLICATE,
}
_MOST = 200


class LinkTicket(Command):
    """The other ticket (identifier or number) and what it is to this one."""

    ticket_id: Reference
    kind: LinkKind = LinkKind.RELATED


class LinkView(View):
    """A link read from one ticket: `kind` says what the other one is to it."""

    id: str
    kind: LinkKind
    ticket_id: str
    ticket_number: int
    subject: str
    status: TicketStatus
    created_at: Moment


def list_links(session: Session, actor: Actor, reference: str) -> list[LinkView]:
    """Return the links of a ticket, oldest first."""
    actor.require(UserRole.AGENT, writes=False)
    ticket = access.find(session, actor, reference)
    rows = session.exec(
        select(TicketLink, Ticket)
        .join(
            Ticket,
            (col(Ticket.id) == TicketLink.other_ticket_id) & (TicketLink.ticket_id == ticket.id)
            | (col(Ticket.id) == TicketLink.ticket_id) & (TicketLink.other_ticket_id == ticket.id),
        )
        .order_by(col(TicketLink.created_at), col(TicketLink.id))
        .limit(_MOST)
    )
    return [_view(link, other, ticket) for link, other in rows]


def link(session: Session, actor: Actor, reference: str, command: LinkTicket) -> LinkView:
    """Relate two tickets.

    Raises:
        NotFound: one of them is not there.
        Invalid: a ticket with itself.
        Conflict: they are related already, or a parent would become its own descendant.
    """
    actor.require(UserRole.AGENT)
    ticket = access.find(session, actor, reference, lock=True)
    other = access.find(session, actor, command.ticket_id)
    if ticket.id == other.id:
        message = "A ticket cannot be linked to itself."
        raise Invalid(message, fields={"ticketId": message})
    if _between(session, ticket.id, other.id):
        raise Conflict(f"The ticket is linked to #{other.ticket_number} already.")
    _refuse_cycle(session, ticket, other, command.kind)
    row = TicketLink(
        id=new_id("link"),
        organization_id=ticket.organization_id,
        ticket_id=ticket.id,
        other_ticket_id=other.id,
        kind=command.kind,
        created_by_id=actor.user_id,
    )
    session.add(row)
    _record(session, actor, ticket, other, TicketActivityType.LINKED)
    return _view(row, other, ticket)


def unlink(session: Session, actor: Actor, reference: str, link_id: str) -> None:
    """Remove a relation, from whichever side.

    Raises:
        NotFound: no such link on this ticket.
    """
    actor.require(UserRole.AGENT)
    ticket = access.find(session, actor, reference, lock=True)
    row = session.exec(
        select(TicketLink).where(
            TicketLink.id == link_id,
            or_(
                col(TicketLink.ticket_id) == ticket.id, col(TicketLink.other_ticket_id) == ticket.id
            ),
        )
    ).first()
    _remove(session, actor, ticket, row)


def unlink_from(session: Session, actor: Actor, reference: str, other: str) -> None:
    """Remove the relation of two tickets, whatever its kind.

    Args:
        other: the other ticket's identifier or number.

    Raises:
        NotFound: one of them is not there, or they are not related.
    """
    actor.require(UserRole.AGENT)
    ticket = access.find(session, actor, reference, lock=True)
    other_id = access.find(session, actor, other).id
    _remove(session, actor, ticket, _between(session, ticket.id, other_id))


def _remove(session: Session, actor: Actor, ticket: Ticket, row: TicketLink | None) -> None:
    if row is None:
        raise NotFound("There is no such link.")
    other_id = row.other_ticket_id if row.ticket_id == ticket.id else row.ticket_id
    other = session.get_one(Ticket, other_id)
    session.delete(row)
    _record(session, actor, ticket, other, TicketActivityType.UNLINKED)


def _record(
    session: Session, actor: Actor, ticket: Ticket, other: Ticket, kind: TicketActivityType
) -> None:
    linked = kind is TicketActivityType.LINKED
    values = (None, other.id) if linked else (other.id, None)
    verb = "linked" if linked else "unlinked"
    events.record(
        session,
        actor,
        ticket,
        kind,
        f"{verb} ticket #{other.ticket_number}",
        changes={"links": values},
    )
    touch(session, ticket)


def _between(session: Session, one: str, other: str) -> TicketLink | None:
    return session.exec(
        select(TicketLink).where(
            or_(
                (col(TicketLink.ticket_id) == one) & (col(TicketLink.other_ticket_id) == other),
                (col(TicketLink.ticket_id) == other) & (col(TicketLink.other_ticket_id) == one),
            )
        )
    ).first()


def _refuse_cycle(session: Session, ticket: Ticket, other: Ticket, kind: LinkKind) -> None:
    """Refuse a parent that is already below: walk up from the parent-to-be."""
    if kind not in (LinkKind.PARENT, LinkKind.CHILD):
        return
    parent, child = (other, ticket) if kind is LinkKind.PARENT else (ticket, other)
    seen, level = {parent.id}, [parent.id]
    while level and len(seen) < 1000:
        level = [p for p in _parents(session, level) if p not in seen]
        seen.update(level)
    if child.id in seen:
        raise Conflict("A ticket cannot be its own ancestor.")


def _parents(session: Session, ticket_ids: list[str]) -> list[str]:
    up = select(TicketLink.other_ticket_id).where(
        col(TicketLink.ticket_id).in_(ticket_ids), TicketLink.kind == LinkKind.PARENT
    )
    down = select(TicketLink.ticket_id).where(
        col(TicketLink.other_ticket_id).in_(ticket_ids), TicketLink.kind == LinkKind.CHILD
    )
    return list(session.exec(up.union(down)).scalars())


def _view(row: TicketLink, other: Ticket, ticket: Ticket) -> LinkView:
    kind = LinkKind(row.kind)
    return LinkView(
        id=row.id,
        kind=kind if row.ticket_id == ticket.id else _OPPOSITE[kind],
        ticket_id=other.id,
        ticket_number=other.ticket_number,
        subject=other.subject,
        status=other.status,
        created_at=row.created_at,
    )
