"""Whom an address belongs to, and how much of theirs the desk holds."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import (
    Chat,
    ChatMessage,
    MailMessage,
    Ticket,
    TicketAttachment,
    TicketResponse,
    User,
)
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import View
from ticketdesk.services.text import clean_email


@dataclass(frozen=True, slots=True)
class Person:
    """An address of an organization and the account behind it, if there is one."""

    organization_id: str
    email: str
    user: User | None

    @property
    def user_id(self) -> str | None:
        """The account's identifier."""
        return self.user.id if self.user else None

    @property
    def works_here(self) -> bool:
        """Whether they are, or were, an agent or admin."""
        return self.user is not None and self.user.role != UserRole.CUSTOMER

    def tickets(self) -> Any:
        """The condition for the tickets they asked for."""
        mine = col(Ticket.requester_email) == self.email
        condition = or_(mine, col(Ticket.requester_id) == self.user_id) if self.user else mine
        return (Ticket.organization_id == self.organization_id) & condition

    def messages(self) -> Any:
        """The condition for the messages they wrote, on whichever ticket."""
        mine = col(TicketResponse.author_email) == self.email
        condition = or_(mine, col(TicketResponse.author_id) == self.user_id) if self.user else mine
        return (TicketResponse.organization_id == self.organization_id) & condition

    def chats(self) -> Any:
        """The condition for the chats they had."""
        mine = col(Chat.customer_email) == self.email
        condition = or_(mine, col(Chat.customer_id) == self.user_id) if self.user else mine
        return (Chat.organization_id == self.organization_id) & condition


class PersonView(View):
    """What an erasure would replace, in numbers; `name` is how the desk knows the person.

    `is_active_member`: an agent or admin who has not been deactivated and cannot be erased yet.
    """

    email: str
    name: str
    is_known: bool
    has_account: bool
    is_active_member: bool
    tickets: int
    messages: int
    chats: int
    chat_messages: int
    files: int
    mails: int


def find(session: Session, organization_id: str, email: str) -> Person:
    """Return the person behind an address.

    Raises:
        Invalid: it is no address.
    """
    address = clean_email(email, "email")
    user = session.exec(
        select(User).where(User.organization_id == organization_id, User.email == address)
    ).first()
    return Person(organization_id, address, user)


def preview(session: Session, actor: Actor, email: str) -> PersonView:
    """Return what the desk holds of a person, to admins.

    Raises:
        Invalid: it is no address.
    """
    actor.require(UserRole.ADMIN, writes=False)
    person = find(session, actor.organization_id, email)
    counts = {
        "tickets": _count(session, Ticket, person.tickets()),
        "messages": _count(session, TicketResponse, person.messages()),
        "chats": _count(session, Chat, person.chats()),
        "chat_messages": _count(session, ChatMessage, in_chats(person)),
        "files": _count(session, TicketAttachment, files_of(person)),
        "mails": _count(session, MailMessage, mails_of(person)),
    }
    user = person.user
    return PersonView(
        email=person.email,
        name=user.name if user else _name(session, person),
        is_known=user is not None or any(counts.values()),
        has_account=user is not None,
        is_active_member=person.works_here and user is not None and user.is_active,
        **counts,
    )


def in_chats(person: Person) -> Any:
    """The condition for the messages of their chats."""
    return col(ChatMessage.chat_id).in_(select(Chat.id).where(person.chats()))


def files_of(person: Person) -> Any:
    """The condition for the files of their tickets, messages and chats, and what they uploaded."""
    parts = [
        col(TicketAttachment.ticket_id).in_(select(Ticket.id).where(person.tickets())),
        col(TicketAttachment.response_id).in_(select(TicketResponse.id).where(written_by(person))),
        col(TicketAttachment.chat_message_id).in_(select(ChatMessage.id).where(in_chats(person))),
    ]
    if person.user and not person.works_here:
        parts.append(col(TicketAttachment.uploaded_by_id) == person.user_id)
    return (TicketAttachment.organization_id == person.organization_id) & or_(*parts)


def written_by(person: Person) -> Any:
    """The condition for messages whose content is theirs; an agent's answers are the desk's."""
    return person.messages() & col(TicketResponse.author_type).in_(("CUSTOMER", "EMAIL"))


def mails_of(person: Person) -> Any:
    """The condition for the messages that came from their address or became their tickets."""
    return (MailMessage.organization_id == person.organization_id) & or_(
        col(MailMessage.sender) == person.email,
        col(MailMessage.ticket_id).in_(select(Ticket.id).where(person.tickets())),
    )


def _count(session: Session, table: Any, condition: Any) -> int:
    return session.exec(select(func.count()).select_from(table).where(condition)).one()


def _name(session: Session, person: Person) -> str:
    latest = select(Ticket.requester_name).where(person.tickets())
    return session.exec(latest.order_by(col(Ticket.id).desc()).limit(1)).first() or ""
