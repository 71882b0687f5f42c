"""What each agent has seen: the newest tickets and customers' last words are still unread."""

from datetime import timedelta

from ticketdesk.demo.desk import Desk
from ticketdesk.models import Ticket, TicketRead, TicketResponse, User
from ticketdesk.models.enums import ResponseAuthorType, TicketStatus

_FRESH = timedelta(hours=3)


def mark(desk: Desk) -> None:
    """Write when each agent last had each ticket open."""
    last = {row.ticket_id: row for row in desk.responses}
    for ticket in desk.tickets:
        if ticket.status == TicketStatus.NEW and _is_fresh(desk, ticket):
            continue
        for agent in desk.staff.values():
            if not _waits_for(agent, ticket, last.get(ticket.id)):
                _read(desk, ticket, agent)


def _is_fresh(desk: Desk, ticket: Ticket) -> bool:
    return desk.timetable.now - ticket.created_at < _FRESH


def _waits_for(agent: User, ticket: Ticket, last: TicketResponse | None) -> bool:
    """Whether a customer's word is the last one and this agent is the one to read it."""
    if last is None or ticket.status in (TicketStatus.RESOLVED, TicketStatus.CLOSED):
        return False
    by_customer = last.author_type in (ResponseAuthorType.CUSTOMER, ResponseAuthorType.EMAIL)
    return by_customer and ticket.assigned_to_id in (agent.id, None)


def _read(desk: Desk, ticket: Ticket, agent: User) -> None:
    at = min(ticket.last_message_at + timedelta(minutes=4), desk.timetable.now)
    desk.reads.append(
        TicketRead(
            id=desk.identifiers.new("read", at),
            organization_id=desk.organization.id,
            user_id=agent.id,
            ticket_id=ticket.id,
            read_at=at,
            created_at=at,
        )
    )
