"""Where a ticket stands: the moves of semantics.md, each with its history row."""

from sqlmodel import Session

from ticketdesk import clock, events
from ticketdesk.actor import Actor
from ticketdesk.errors import Forbidden
from ticketdesk.models import Ticket
from ticketdesk.models.enums import TicketActivityType as A
from ticketdesk.models.enums import TicketStatus as S
from ticketdesk.models.enums import UserRole
from ticketdesk.models.status import ENDED, require_move
from ticketdesk.services.sla.refresh import refresh
from ticketdesk.services.tickets import access
from ticketdesk.services.tickets.commands import ChangeStatus
from ticketdesk.services.tickets.messages import add_message
from ticketdesk.services.tickets.touch import touch
from ticketdesk.services.tickets.views import TicketView, ticket_view

_KINDS = {S.RESOLVED: A.RESOLVED, S.CLOSED: A.CLOSED}


def change_status(
    session: Session,
    actor: Actor,
    reference: str,
    command: ChangeStatus,
    *,
    version: int | None = None,
) -> TicketView:
    """Move a ticket to another status, with an optional public comment.

    A customer may resolve, close or reopen what is theirs, and nothing else.

    Raises:
        NotFound: no such ticket.
        Conflict: the move is not allowed; names those that are.
        Forbidden: the move is not a customer's to make.
        Stale: the ticket changed since `version`.
    """
    actor.require(UserRole.CUSTOMER)
    if not actor.is_staff and command.status not in (S.RESOLVED, S.CLOSED, S.OPEN):
        raise Forbidden("You can close or reopen your ticket, and nothing else.")
    ticket = access.find(session, actor, reference, lock=True)
    access.require_version(session, ticket, version)
    if command.status != ticket.status:
        require_move(ticket.status, command.status)
    if command.comment:
        add_message(session, actor, ticket, command.comment)
    if apply_status(session, actor, ticket, command.status) or command.comment:
        touch(session, ticket)
    return ticket_view(ticket, actor)


def apply_status(session: Session, actor: Actor, ticket: Ticket, after: S) -> bool:
    """Move a locked ticket and record it; False when it is there already.

    Raises:
        Conflict: the move is not allowed.
    """
    before = S(ticket.status)
    if before == after:
        return False
    require_move(before, after)
    now = clock.now()
    ticket.status = after
    ticket.status_changed_at = now
    if after == S.RESOLVED:
        ticket.resolved_at = now
    elif after in (S.CLOSED, S.CANCELLED):
        ticket.closed_at = now
        ticket.resolved_at = ticket.resolved_at or (now if after == S.CLOSED else None)
    else:
        ticket.resolved_at = ticket.closed_at = None
    reopened = before in ENDED and after not in ENDED
    kind = A.REOPENED if reopened else _KINDS.get(after, A.STATUS_CHANGED)
    refresh(session, ticket)
    events.record(
        session,
        actor,
        ticket,
        kind,
        f"changed the status from {before} to {after}",
        changes={"status": (before, after)},
    )
    return True
