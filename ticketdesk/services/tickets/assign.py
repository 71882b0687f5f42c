"""Who looks after a ticket."""

from sqlmodel import Session

from ticketdesk import clock, events
from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid
from ticketdesk.models import Ticket, User
from ticketdesk.models.enums import TicketActivityType, UserRole
from ticketdesk.services.tickets import access
from ticketdesk.services.tickets.touch import touch
from ticketdesk.services.tickets.views import TicketView, ticket_view


def assign(
    session: Session,
    actor: Actor,
    reference: str,
    assignee: str | None,
    *,
    version: int | None = None,
) -> TicketView:
    """Give a ticket to an agent, or to nobody.

    Args:
        reference: the ticket's identifier or number.
        assignee: an agent's identifier, `me`, or None.

    Raises:
        NotFound: no such ticket or member.
        Invalid: the member is a customer, or `me` is an API key.
        Stale: the ticket changed since `version`.
    """
    actor.require(UserRole.AGENT)
    ticket = access.find(session, actor, reference, lock=True)
    access.require_version(session, ticket, version)
    if apply_assignment(session, actor, ticket, resolve_assignee(session, actor, assignee)):
        touch(session, ticket)
    return ticket_view(ticket, actor)


def resolve_assignee(session: Session, actor: Actor, assignee: str | None) -> User | None:
    """Return the agent that `assignee` (identifier, `me` or None) stands for."""
    if assignee is None:
        return None
    if assignee == "me":
        if actor.user_id is None:
            message = "An API key has no tickets of its own; name an agent."
            raise Invalid(message, fields={"assignedToId": message})
        assignee = actor.user_id
    user = access.require_member(session, actor, assignee, "assignedToId")
    if user.role == UserRole.CUSTOMER:
        message = "Tickets are assigned to agents, not to customers."
        raise Invalid(message, fields={"assignedToId": message})
    return user


def apply_assignment(session: Session, actor: Actor, ticket: Ticket, user: User | None) -> bool:
    """Change the assignee of a locked ticket and record it; False when nothing changes."""
    before, after = ticket.assigned_to_id, user.id if user else None
    if before == after:
        return False
    ticket.assigned_to_id = after
    ticket.assigned_at = clock.now() if user else None
    kind = TicketActivityType.ASSIGNED if user else TicketActivityType.UNASSIGNED
    words = f"assigned the ticket to {user.name}" if user else "took the assignment away"
    events.record(
        session,
        actor,
        ticket,
        kind,
        words,
        changes={"assignedToId": (before, after)},
        also_tell=(before,),
    )
    return True
