"""From a chat to a ticket: nothing retyped, nothing lost, linked both ways."""

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Invalid
from ticketdesk.ids import new_id
from ticketdesk.models import Chat, ChatMessage, TicketAttachment
from ticketdesk.models.enums import (
    AttachmentState,
    ChatEscalation,
    TicketPriority,
    TicketSource,
    UserRole,
)
from ticketdesk.services.chats import access, notes, transcript
from ticketdesk.services.chats.announce import announce
from ticketdesk.services.chats.commands import TicketFromChat
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create
from ticketdesk.services.tickets.views import TicketView

LONGEST = 2_000_000
"""Characters of a ticket's description from a chat; what is beyond it goes on in notes."""
UP_TO = "chatUpTo"
"""Where the ticket's metadata name the last message of the chat that the ticket has."""


def create_ticket(
    session: Session, actor: Actor, chat_id: str, command: TicketFromChat
) -> TicketView:
    """Open a ticket from a chat.

    Subject from the title, description from the transcript, requester from the customer, priority
    from the escalation; files are copied by reference.

    Raises:
        NotFound: no such chat.
        Conflict: the chat has no message yet.
        Invalid: the customer left no mail address and none is given.
    """
    actor.require(UserRole.AGENT)
    chat = access.find(session, actor, chat_id, lock=True)
    if not _newest(session, chat):
        raise Conflict("This chat has no messages yet.", code="empty_chat")
    email = command.requester_email or chat.customer_email
    if not email:
        message = "The customer left no mail address. Write one."
        raise Invalid(message, fields={"requesterEmail": message})
    description, *further = _texts(session, chat, command)
    wanted = CreateTicket(
        requester_name=command.requester_name or chat.customer_name,
        requester_email=email,
        subject=command.subject or chat.title,
        description=transcript.HEADING,
        priority=command.priority or suggested_priority(chat),
        category=command.category,
        tags=command.tags,
        assigned_to_id=_assignee(actor, chat, command),
        origin_chat_id=chat.id,
    )
    ticket = create(
        session,
        actor,
        # Longer than what people may write: a conversation is kept whole.
        wanted.model_copy(update={"description": description}),
        source=TicketSource.CHAT,
        metadata={
            "chatTitle": chat.title,
            "chatChannel": chat.channel,
            UP_TO: _newest(session, chat),
        },
    )
    notes.add(session, actor, ticket.id, further)
    if command.include_attachments:
        copy_files(session, chat, ticket.id)
    announce(session, chat, "chat:ticket:created", ticketId=ticket.id)
    return ticket


def suggested_priority(chat: Chat) -> TicketPriority | None:
    """Return what an escalation is worth; None leaves it to the organization's default."""
    return {
        ChatEscalation.ESCALATED: TicketPriority.URGENT,
        ChatEscalation.REQUESTED: TicketPriority.HIGH,
    }.get(ChatEscalation(chat.escalation))


def _newest(session: Session, chat: Chat) -> str:
    newest = session.exec(
        select(ChatMessage.id)
        .where(ChatMessage.chat_id == chat.id)
        .order_by(col(ChatMessage.created_at).desc(), col(ChatMessage.id).desc())
        .limit(1)
    ).first()
    return newest or ""


def _texts(session: Session, chat: Chat, command: TicketFromChat) -> list[str]:
    """The description and, of a very long chat, what goes on behind it."""
    if not command.include_transcript:
        return [f"Created from the chat “{chat.title}” with {chat.customer_name}."]
    messages = session.exec(
        select(ChatMessage)
        .where(ChatMessage.chat_id == chat.id)
        .order_by(col(ChatMessage.created_at), col(ChatMessage.id))
    ).all()
    zone = transcript.zone_of(session, chat.organization_id)
    return transcript.in_parts(messages, zone, LONGEST)


def _assignee(actor: Actor, chat: Chat, command: TicketFromChat) -> str | None:
    """The caller, or for an API key, which is nobody, the agent who had the chat."""
    if not command.auto_assign_to_agent:
        return None
    return actor.user_id or chat.assigned_to_id


def copy_files(
    session: Session, chat: Chat, ticket_id: str, *, messages: list[str] | None = None
) -> None:
    """Give a ticket the files of a chat by reference, previews included.

    Args:
        messages: only those of these messages.
    """
    query = (
        select(TicketAttachment)
        .join(ChatMessage, col(ChatMessage.id) == TicketAttachment.chat_message_id)
        .where(
            ChatMessage.chat_id == chat.id,
            TicketAttachment.state != AttachmentState.QUARANTINED,
        )
    )
    if messages is not None:
        query = query.where(col(ChatMessage.id).in_(messages))
    rows = session.exec(
        query.order_by(col(TicketAttachment.created_at), col(TicketAttachment.id))
        # Whoever deletes one of them meanwhile waits, and then finds that its bytes are needed.
        .with_for_update(of=TicketAttachment)
    ).all()
    for row in rows:
        values = row.model_dump(exclude={"id", "created_at", "chat_message_id", "response_id"})
        values["ticket_id"] = ticket_id
        session.add(TicketAttachment(id=new_id("file"), **values))
    session.flush()
