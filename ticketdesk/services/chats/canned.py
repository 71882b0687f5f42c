"""Canned responses in a chat: the same texts, filled from the chat and its newest ticket."""

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Organization, Ticket
from ticketdesk.models.enums import ContentFormat, UserRole
from ticketdesk.services import rich_text
from ticketdesk.services.chats import access
from ticketdesk.services.library import canned_responses, variables
from ticketdesk.services.library.variables import Filled


def offered(session: Session, actor: Actor) -> list[dict[str, str]]:
    """Return the texts that `/` offers in a chat, as choices."""
    actor.require(UserRole.AGENT, writes=False)
    return [
        {
            "id": one.id,
            "title": one.title,
            "shortcut": one.shortcut,
            "folder": one.folder or ("Shared" if one.shared else "Mine"),
        }
        for one in canned_responses.list_all(session, actor)
    ]


def fill(session: Session, actor: Actor, row_id: str, chat_id: str) -> Filled:
    """Return a canned response as plain text for a chat.

    Variables of a ticket stay empty, and are named as such, where no ticket was made yet.

    Raises:
        NotFound: the response or the chat is not there.
    """
    actor.require(UserRole.AGENT, writes=False)
    chat = access.find(session, actor, chat_id)
    content = canned_responses.content_of(session, actor, row_id)
    organization = session.exec(
        select(Organization.name).where(Organization.id == actor.organization_id)
    ).one()
    values = {
        "requester.name": chat.customer_name,
        "requester.first_name": variables.first_name(chat.customer_name),
        "requester.email": chat.customer_email or "",
        "agent.name": actor.name,
        "agent.first_name": variables.first_name(actor.name),
        "organization.name": organization,
    }
    ticket = session.exec(
        select(Ticket)
        .where(Ticket.origin_chat_id == chat.id)
        .order_by(col(Ticket.created_at).desc())
        .limit(1)
    ).first()
    if ticket:
        values |= {
            name: value
            for name, value in variables.values_for(
                ticket, agent=actor.name, organization=organization
            ).items()
            if name.startswith("ticket.")
        }
    filled = variables.fill(content, variables.escaped(values))
    return Filled(rich_text.to_text(filled.content, ContentFormat.HTML), filled.empty)
