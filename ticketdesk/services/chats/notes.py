"""What a chat adds to a ticket behind its description: internal notes, so that nobody is mailed
what they have said themselves."""

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.services.tickets import access
from ticketdesk.services.tickets.messages import add_message
from ticketdesk.services.tickets.touch import touch


def add(session: Session, actor: Actor, ticket_id: str, texts: list[str]) -> None:
    """Write each text as an internal note of a ticket, in their order."""
    if not texts:
        return
    ticket = access.find(session, actor, ticket_id, lock=True)
    for content in texts:
        add_message(session, actor, ticket, content, is_internal=True)
    touch(session, ticket)
