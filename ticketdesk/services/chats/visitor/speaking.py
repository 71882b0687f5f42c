"""What a visitor does in a chat: begin, say something, read, type."""

from sqlalchemy import text
from sqlmodel import Session, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict
from ticketdesk.ids import new_id
from ticketdesk.models import Chat, User
from ticketdesk.models.enums import ChatRole
from ticketdesk.services import ticket_settings
from ticketdesk.services.chats import chats, messages, opening, typing
from ticketdesk.services.chats.announce import announce
from ticketdesk.services.chats.commands import AddMessage
from ticketdesk.services.chats.visitor import token as tokens
from ticketdesk.services.chats.visitor.commands import SayInChat, SignInChat, StartChat
from ticketdesk.services.chats.visitor.door import enter, facts_of
from ticketdesk.services.chats.visitor.reading import shown
from ticketdesk.services.chats.visitor.views import Started, VisitorMessage
from ticketdesk.services.embed import pending_files
from ticketdesk.services.secrets import token_hash

AWAY = "away"
_TITLE = 80
_NOBODY = "Visitor"


def start(
    session: Session, actor: Actor, command: StartChat, *, page: str = "", language: str = "en"
) -> Started:
    """Open a conversation with its first message; the same key again gives the same one.

    The submission has been counted and proven by now.

    Args:
        actor: the anonymous visitor, or the customer who is signed in.
        page: the address the visitor writes from.

    Raises:
        Conflict: nobody is there (`away`): the ticket form takes it.
        Invalid: a file is gone.
    """
    name = f"visitor:{token_hash(command.key)}"
    session.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 20261125))"),
        {"key": f"{actor.organization_id} {name}"},
    )
    chat = session.exec(
        select(Chat)
        .where(Chat.organization_id == actor.organization_id, Chat.external_id == name)
        .with_for_update()
    ).first()
    if chat is None:
        if opening.is_away(ticket_settings.of(session, actor.organization_id)):
            raise Conflict("Nobody is there at the moment. Please leave a message.", code=AWAY)
        chat = _opened(session, actor, command, name, page, language)
    message = _stored(session, actor, chat, command)
    return Started(
        token=tokens.issue(chat.organization_id, chat.id),
        facts=facts_of(session, chat),
        message=message,
    )


def say(session: Session, actor: Actor, token: str, command: SayInChat) -> VisitorMessage:
    """Write a message; the same `client_id` again gives the first one.

    Raises:
        Unauthenticated: the token opens nothing.
        Conflict: the conversation is closed.
        Invalid: a file is gone.
    """
    chat = enter(session, actor, token, lock=True)
    return _stored(session, actor, chat, command)


def sign(session: Session, actor: Actor, token: str, command: SignInChat) -> None:
    """Remember that all was seen, or that the visitor writes.

    Raises:
        Unauthenticated: the token opens nothing.
    """
    chat = enter(session, actor, token, lock=command.read)
    if command.typing is not None:
        typing.tell(chat, typing.VISITOR, chat.customer_name, typing=command.typing)
    if command.read and (not chat.customer_read_at or chat.customer_read_at < chat.last_message_at):
        chat.customer_read_at = chats.read_now(chat)
        session.add(chat)
        session.flush()
        announce(session, chat, "chat:read")


def _opened(
    session: Session, actor: Actor, command: StartChat, name: str, page: str, language: str
) -> Chat:
    email = actor.email if actor.is_customer else command.email
    customer = actor.user_id if actor.is_customer else None
    if customer is None and email:
        customer = session.exec(
            select(User.id).where(
                User.organization_id == actor.organization_id, User.email == email
            )
        ).first()
    chat = Chat(
        id=new_id("chat"),
        organization_id=actor.organization_id,
        title=_title(command.content),
        customer_id=customer,
        customer_name=actor.name if actor.is_customer else command.name or _NOBODY,
        customer_email=email,
        external_id=name,
        chat_metadata={"page": page[:2000], "language": language},
    )
    session.add(chat)
    session.flush()
    announce(session, chat, "chat:created")
    return chat


def _title(content: str) -> str:
    line = " ".join(content[: _TITLE * 4].split())
    return line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + "…"


def _stored(session: Session, actor: Actor, chat: Chat, command: SayInChat) -> VisitorMessage:
    known = messages.known(session, chat, command.client_id)
    if known is None:
        claimed = pending_files.claim(session, actor, command.attachment_ids)
        said = AddMessage(
            role=ChatRole.USER,
            content=command.content,
            client_id=command.client_id,
            attachment_ids=claimed,
        )
        known = messages.store(session, actor, chat, said)
        typing.tell(chat, typing.VISITOR, chat.customer_name, typing=False)
    return shown(session, [known])[0]
