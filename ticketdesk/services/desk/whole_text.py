"""A long text of a ticket in full, such as the transcript of a long chat."""

from sqlmodel import Session, select

from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound
from ticketdesk.models import TicketResponse
from ticketdesk.models.enums import ContentFormat, UserRole
from ticketdesk.services import rich_text
from ticketdesk.services.mail import remote_images
from ticketdesk.services.tickets import access


def whole(session: Session, actor: Actor, reference: str, message: str) -> tuple[str, int]:
    """Return a text as sanitised HTML, and how many remote images of it wait to be asked for.

    Args:
        message: a response's id; "" for the ticket's description.

    Raises:
        NotFound: no such ticket, or no such response of it.
    """
    actor.require(UserRole.AGENT, writes=False)
    ticket = access.find(session, actor, reference)
    content, content_format = ticket.description, ticket.description_format
    if message:
        row = session.exec(
            select(TicketResponse).where(
                TicketResponse.id == message, TicketResponse.ticket_id == ticket.id
            )
        ).first()
        if row is None:
            raise NotFound("There is no such message.")
        content, content_format = row.content, row.content_format
    html = rich_text.to_html(content, ContentFormat(content_format))
    return remote_images.block(html, message or ticket.id)
