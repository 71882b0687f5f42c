"""What was said in a chat after a ticket was made of it, and how it gets into the ticket."""

from sqlalchemy import tuple_
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, NotFound
from ticketdesk.models import Chat, ChatMessage, Ticket
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import View
from ticketdesk.services.chats import access, notes, transcript
from ticketdesk.services.chats.announce import announce
from ticketdesk.services.chats.to_ticket import UP_TO, copy_files
from ticketdesk.services.tickets import access as tickets

_MOST = 5_000
_LONGEST = 450_000


class Appended(View):
    """How many messages went into which ticket."""

    ticket_id: str
    ticket_number: int
    messages: int


def append(session: Session, actor: Actor, chat_id: str, reference: str) -> Appended:
    """Add the messages since the ticket was made, or since the last time, as an internal note.

    Files come along by reference. Two who do it at once add each message once.

    Raises:
        NotFound: no such chat, or no such ticket of this chat.
        Conflict: nothing new was said.
    """
    actor.require(UserRole.AGENT)
    chat = access.find(session, actor, chat_id, lock=True)
    ticket = tickets.find(session, actor, reference, lock=True)
    if ticket.origin_chat_id != chat.id:
        raise NotFound("There is no such ticket of this chat.")
    rows = list(session.exec(_since(session, chat, ticket).limit(_MOST)).all())
    if not rows:
        raise Conflict("Nothing new was said since.", code="nothing_new")
    zone = transcript.zone_of(session, chat.organization_id)
    first, *rest = transcript.in_parts(rows, zone, _LONGEST)
    first = first.replace(transcript.HEADING, transcript.CONTINUED, 1)
    ticket.ticket_metadata = ticket.ticket_metadata | {UP_TO: rows[-1].id}
    session.add(ticket)
    session.flush()
    notes.add(session, actor, ticket.id, [first, *rest])
    copy_files(session, chat, ticket.id, messages=[row.id for row in rows])
    announce(session, chat, "chat:updated", ticketId=ticket.id)
    return Appended(ticket_id=ticket.id, ticket_number=ticket.ticket_number, messages=len(rows))


def count(session: Session, actor: Actor, chat: Chat) -> tuple[int, int]:
    """Return the number of the newest ticket of a chat and how many messages it does not have.

    At most 100 are counted; (0, 0) where there is no ticket.
    """
    actor.require(UserRole.AGENT, writes=False)
    ticket = session.exec(
        select(Ticket)
        .where(Ticket.origin_chat_id == chat.id, Ticket.organization_id == chat.organization_id)
        .order_by(col(Ticket.created_at).desc(), col(Ticket.id).desc())
        .limit(1)
    ).first()
    if ticket is None:
        return 0, 0
    some = _since(session, chat, ticket).limit(100).subquery()
    return ticket.ticket_number, session.exec(select(func.count()).select_from(some)).one()


def _since(session: Session, chat: Chat, ticket: Ticket) -> SelectOfScalar[ChatMessage]:
    at = (col(ChatMessage.created_at), col(ChatMessage.id))
    query = select(ChatMessage).where(ChatMessage.chat_id == chat.id).order_by(*at)
    known = session.get(ChatMessage, str(ticket.ticket_metadata.get(UP_TO, "")))
    if known is None or known.chat_id != chat.id:
        return query.where(ChatMessage.created_at > ticket.created_at)
    return query.where(tuple_(*at) > tuple_(known.created_at, known.id))
