"""Who has how much to do: what assignment looks at, as a person sees it."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Ticket, User
from ticketdesk.models.enums import SlaState, TicketPriority, UserRole
from ticketdesk.models.status import ACTIVE, WAITING
from ticketdesk.models.wire import View
from ticketdesk.services.rules.availability import works_now
from ticketdesk.services.sla.state import condition

_MOST = 500


class WorkloadView(View):
    """An agent's open tickets.

    `is_free` says whether automatic assignment would give them another: available, within their
    working hours and under their capacity (None = any number).
    """

    id: str
    name: str
    is_available: bool
    works_now: bool
    is_free: bool
    capacity: int | None
    open: int
    waiting: int
    due_soon: int
    breached: int
    by_priority: dict[str, int]


def workload(session: Session, actor: Actor) -> list[WorkloadView]:
    """Return every active agent and admin with their open tickets, the busiest first."""
    actor.require(UserRole.AGENT, writes=False)
    number = func.count()
    counted = {
        row[0]: row[1:]
        for row in session.exec(
            select(
                Ticket.assigned_to_id,
                number,
                number.filter(col(Ticket.status).in_(WAITING)),
                number.filter(condition(SlaState.DUE_SOON)),
                number.filter(condition(SlaState.BREACHED)),
                *(number.filter(Ticket.priority == priority) for priority in TicketPriority),
            )
            .where(
                Ticket.organization_id == actor.organization_id,
                col(Ticket.assigned_to_id).is_not(None),
                col(Ticket.status).in_(ACTIVE),
            )
            .group_by(col(Ticket.assigned_to_id))
        )
    }
    people = session.exec(
        select(User)
        .where(
            User.organization_id == actor.organization_id,
            col(User.is_active),
            col(User.role) != UserRole.CUSTOMER,
        )
        .order_by(col(User.name), col(User.id))
        .limit(_MOST)
    )
    nothing = (0,) * (4 + len(TicketPriority))
    views = [_view(user, *counted.get(user.id, nothing)) for user in people]
    return sorted(views, key=lambda view: -view.open)


def _view(
    user: User, opened: int, waiting: int, due_soon: int, breached: int, *priorities: int
) -> WorkloadView:
    present = works_now(user)
    has_room = user.capacity is None or opened < user.capacity
    return WorkloadView(
        id=user.id,
        name=user.name,
        is_available=user.is_available,
        works_now=present,
        is_free=user.is_available and present and has_room,
        capacity=user.capacity,
        open=opened,
        waiting=waiting,
        due_soon=due_soon,
        breached=breached,
        by_priority=dict(zip(map(str, TicketPriority), priorities, strict=True)),
    )
