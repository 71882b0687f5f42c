"""Which conversation a visitor's token opens, and how it stands."""

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Unauthenticated
from ticketdesk.models import Chat, Ticket, User
from ticketdesk.models.enums import ChatStatus
from ticketdesk.services import ticket_settings
from ticketdesk.services.chats import opening
from ticketdesk.services.chats.visitor import token as tokens
from ticketdesk.services.chats.visitor.views import VisitorFacts, VisitorTicket


def enter(session: Session, actor: Actor, token: str, *, lock: bool = False) -> Chat:
    """Return the conversation that a token opens in the organization that is called.

    Raises:
        Unauthenticated: the token is forged, expired or another organization's, or the
            conversation was erased.
    """
    proven = tokens.read(token)
    query = select(Chat).where(
        Chat.organization_id == actor.organization_id, Chat.id == proven.chat_id
    )
    chat = session.exec(query.with_for_update() if lock else query).first()
    if chat is None or proven.organization_id != actor.organization_id:
        raise Unauthenticated("This conversation is over. Start a new one.", code="visit_over")
    return chat


def facts_of(session: Session, chat: Chat) -> VisitorFacts:
    """Return how a conversation stands, as its customer may know it."""
    agent = session.get(User, chat.assigned_to_id) if chat.assigned_to_id else None
    settings = ticket_settings.of(session, chat.organization_id)
    tickets = session.exec(
        select(Ticket.ticket_number, Ticket.created_at)
        .where(Ticket.origin_chat_id == chat.id)
        .order_by(col(Ticket.created_at), col(Ticket.id))
    ).all()
    return VisitorFacts(
        agent=agent.name.split(" ")[0] if agent else "",
        agent_read_at=chat.agent_read_at,
        is_closed=chat.status == ChatStatus.CLOSED,
        is_away=opening.is_left_alone(session, chat, settings),
        tickets=[VisitorTicket(ticket_number=n, created_at=at) for n, at in tickets],
    )
