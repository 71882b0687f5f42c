"""Taking a file back: off a ticket, or before it was sent."""

from sqlmodel import Session

from ticketdesk import events
from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound
from ticketdesk.models.enums import TicketActivityType, UserRole
from ticketdesk.services.files import access, references
from ticketdesk.services.tickets import access as tickets
from ticketdesk.services.tickets.merge import final_target
from ticketdesk.services.tickets.touch import touch


def remove(session: Session, actor: Actor, reference: str, attachment_id: str) -> None:
    """Delete a file of a ticket, or of one of its messages, for good; agents only.

    The bytes go after the commit, unless another file shares them.

    Raises:
        NotFound: no such ticket, or no such file on it.
    """
    actor.require(UserRole.AGENT)
    ticket = final_target(session, tickets.find(session, actor, reference, lock=True), lock=True)
    row = access.find(session, actor, attachment_id, lock=True)
    if row.ticket_id != ticket.id:
        raise NotFound("There is no such file on this ticket.")
    references.let_go(session, actor.organization_id, [row])
    session.delete(row)
    session.flush()
    events.record(
        session,
        actor,
        ticket,
        TicketActivityType.ATTACHMENT_REMOVED,
        f"removed the file {row.original_name}",
        changes={"attachments": ([row.id], None)},
        response_id=row.response_id,
    )
    touch(session, ticket)


def take_back(session: Session, actor: Actor, attachment_id: str) -> None:
    """Delete an own upload that no message names yet.

    Raises:
        NotFound: no such upload of this caller.
    """
    actor.require(UserRole.CUSTOMER)
    row = access.find(session, actor, attachment_id, lock=True)
    if not access.is_waiting(row):
        raise NotFound("There is no such upload.")
    references.let_go(session, actor.organization_id, [row])
    session.delete(row)
    session.flush()
