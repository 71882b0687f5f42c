"""What a requester may do by their tracking link: answer, close, reopen, ask for the link again."""

from sqlmodel import Session, col, func, select

from ticketdesk import outbox
from ticketdesk.actor import Actor
from ticketdesk.models import Ticket, TicketResponse
from ticketdesk.models.enums import TicketStatus as S
from ticketdesk.services.embed import pending_files, tracking_links
from ticketdesk.services.embed.tracking import Followed, follow, requester_of
from ticketdesk.services.tickets.commands import AddResponse, ChangeStatus
from ticketdesk.services.tickets.respond import respond
from ticketdesk.services.tickets.status import change_status

LOST_LINK = "mail.lost_link"
_MOST_LINKS = 5


def answer(
    session: Session, actor: Actor, ticket_id: str, content: str, files: list[str]
) -> str | None:
    """Add the requester's message, as if it had come by mail.

    Args:
        actor: the anonymous visitor who proved to have the link.
        ticket_id: as `tracking_links.find` gave it.
        files: upload handles.

    Returns:
        The address of a new ticket's page if the message opened one, else None.

    Raises:
        Invalid: the message is empty or too long, or a file is gone.
    """
    followed = follow(session, ticket_id)
    requester = requester_of(followed)
    claimed = pending_files.claim(session, requester, files)
    command = AddResponse.parse({"content": content, "attachmentIds": claimed})
    done = respond(session, requester, followed.ticket.id, command)
    if done.response is None:
        ticket = done.ticket
        return tracking_links.url_for(
            session, ticket.organization_id, ticket.id, ticket.ticket_number
        )
    _sign(session, followed, done.response.id)
    return None


def _sign(session: Session, followed: Followed, response_id: str) -> None:
    """After a merge the message is still by whoever had the link, not by the other requester."""
    if followed.asked.id == followed.ticket.id:
        return
    row = session.get_one(TicketResponse, response_id)
    row.author_email = followed.asked.requester_email
    row.author_id = followed.asked.requester_id
    session.add(row)


def close(session: Session, actor: Actor, ticket_id: str) -> None:
    """Close the ticket: the requester says that the matter is settled.

    Raises:
        Conflict: it cannot be closed from where it stands.
    """
    _move(session, ticket_id, S.CLOSED)


def reopen(session: Session, actor: Actor, ticket_id: str) -> None:
    """Open the ticket again.

    Raises:
        Conflict: it is not over.
    """
    _move(session, ticket_id, S.OPEN)


def _move(session: Session, ticket_id: str, status: S) -> None:
    followed = follow(session, ticket_id)
    if followed.ticket.status != status:
        command = ChangeStatus(status=status)
        change_status(session, requester_of(followed), followed.ticket.id, command)


def send_lost_link(session: Session, number: int, email: str) -> None:
    """Mail the link of a ticket to its requester, if there is such a one; nobody learns whether.

    Args:
        session: a session of the system role: the person may not know which organization it was.
        number: the ticket's number.
        email: the requester's address as they remember it.
    """
    rows = session.exec(
        select(Ticket.organization_id, Ticket.id)
        .where(
            Ticket.ticket_number == number,
            func.lower(col(Ticket.requester_email)) == email.strip().lower(),
        )
        .limit(_MOST_LINKS)
    ).all()
    for organization_id, ticket_id in rows:
        outbox.put(session, organization_id, LOST_LINK, {"ticketId": ticket_id})
