"""A message to a ticket that is over opens a new one, linked to it (semantics.md, Status)."""

from sqlmodel import Session

from ticketdesk import events
from ticketdesk.actor import Actor
from ticketdesk.ids import new_id
from ticketdesk.models import Ticket, TicketLink
from ticketdesk.models.enums import LinkKind, TicketActivityType
from ticketdesk.services.tickets.commands import AddResponse, CreateTicket
from ticketdesk.services.tickets.create import create
from ticketdesk.services.tickets.views import TicketView


def open_follow_up(
    session: Session, actor: Actor, ended: Ticket, command: AddResponse
) -> TicketView:
    """Open a ticket from a message to an ended one, and link the two."""
    view = create(
        session,
        actor,
        CreateTicket(
            requester_name=ended.requester_name,
            requester_email=ended.requester_email,
            subject=ended.subject,
            description=command.content,
            description_format=command.content_format,
            category=ended.category,
            attachment_ids=command.attachment_ids,
        ),
        source=ended.source,
        metadata={"followsTicketNumber": ended.ticket_number},
    )
    session.add(
        TicketLink(
            id=new_id("link"),
            organization_id=ended.organization_id,
            ticket_id=view.id,
            other_ticket_id=ended.id,
            kind=LinkKind.RELATED,
            created_by_id=actor.user_id,
        )
    )
    events.record(
        session,
        actor,
        ended,
        TicketActivityType.LINKED,
        f"wrote again; that became ticket #{view.ticket_number}",
        changes={"links": (None, view.id)},
    )
    return view
