"""A copy of what the desk holds of a person, for themselves: JSON and their files in one ZIP."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound
from ticketdesk.models import Chat, ChatMessage, Ticket, TicketAttachment, TicketResponse
from ticketdesk.models.enums import AttachmentState, UserRole
from ticketdesk.services import audit
from ticketdesk.services.files import bundle
from ticketdesk.services.privacy import person
from ticketdesk.services.privacy.person import Person

_TICKET = (
    "ticket_number", "subject", "description", "description_format", "status", "priority",
    "category", "source", "requester_name", "requester_email", "custom_fields", "created_at",
    "resolved_at", "closed_at",
)  # fmt: skip
_MESSAGE = ("content", "content_format", "author_name", "author_type", "created_at")
_CHAT = ("title", "customer_name", "customer_email", "channel", "created_at", "closed_at")
_CHAT_MESSAGE = ("role", "author_name", "content", "created_at")
_USER = (
    "name", "email", "company", "timezone", "locale", "created_at", "last_seen_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonExport:
    """A copy to be: its file name, the facts as JSON, and the files."""

    name: str
    facts: str
    files: bundle.Bundle


def of_person(session: Session, actor: Actor, email: str) -> PersonExport:
    """Return what the copy holds: as the person may see it, without the desk's internal notes.

    Files that are still being checked, or quarantined, are left out.

    Raises:
        Invalid: it is no address.
        NotFound: the desk holds nothing of this address.
    """
    actor.require(UserRole.ADMIN)
    whom = person.find(session, actor.organization_id, email)
    facts = {
        "email": whom.email,
        "exportedAt": clock.now().isoformat(),
        "account": _facts(whom.user, _USER) if whom.user else None,
        "tickets": _tickets(session, whom),
        "messagesOnOtherTickets": _messages_elsewhere(session, whom),
        "chats": _chats(session, whom),
    }
    if whom.user is None and not any(
        facts[key] for key in ("tickets", "messagesOnOtherTickets", "chats")
    ):
        raise NotFound("The desk holds nothing of this address.")
    audit.record(session, actor, "person.exported", after={"tickets": len(facts["tickets"])})
    return PersonExport(
        f"person-{clock.now():%Y-%m-%d}.zip",
        json.dumps(facts, ensure_ascii=False, indent=2),
        _files(session, whom),
    )


def stream(copy: PersonExport) -> Iterator[bytes]:
    """Yield the ZIP piece by piece.

    Raises:
        StorageUnavailable: in the middle; the archive is then cut short and does not open.
    """
    return bundle.stream(copy.files, first=(("person.json", copy.facts.encode()),))


def _tickets(session: Session, whom: Person) -> list[dict[str, Any]]:
    rows = session.exec(select(Ticket).where(whom.tickets()).order_by(col(Ticket.id))).all()
    messages = session.exec(
        select(TicketResponse)
        .where(
            col(TicketResponse.ticket_id).in_([row.id for row in rows]),
            ~col(TicketResponse.is_internal),
        )
        .order_by(col(TicketResponse.created_at), col(TicketResponse.id))
    ).all()
    by_ticket: dict[str, list[dict[str, Any]]] = {}
    for message in messages:
        by_ticket.setdefault(message.ticket_id, []).append(_facts(message, _MESSAGE))
    return [_facts(row, _TICKET) | {"messages": by_ticket.get(row.id, [])} for row in rows]


def _messages_elsewhere(session: Session, whom: Person) -> list[dict[str, Any]]:
    own = select(Ticket.id).where(whom.tickets())
    rows = session.exec(
        select(TicketResponse)
        .where(
            person.written_by(whom),
            ~col(TicketResponse.is_internal),
            col(TicketResponse.ticket_id).not_in(own),
        )
        .order_by(col(TicketResponse.id))
    ).all()
    return [_facts(row, _MESSAGE) for row in rows]


def _chats(session: Session, whom: Person) -> list[dict[str, Any]]:
    rows = session.exec(select(Chat).where(whom.chats()).order_by(col(Chat.id))).all()
    said = session.exec(
        select(ChatMessage)
        .where(col(ChatMessage.chat_id).in_([row.id for row in rows]))
        .order_by(col(ChatMessage.created_at), col(ChatMessage.id))
    ).all()
    by_chat: dict[str, list[dict[str, Any]]] = {}
    for message in said:
        by_chat.setdefault(message.chat_id, []).append(_facts(message, _CHAT_MESSAGE))
    return [_facts(row, _CHAT) | {"messages": by_chat.get(row.id, [])} for row in rows]


def _files(session: Session, whom: Person) -> bundle.Bundle:
    rows = session.exec(
        select(TicketAttachment)
        .outerjoin(TicketResponse, col(TicketResponse.id) == TicketAttachment.response_id)
        .where(
            person.files_of(whom),
            TicketAttachment.state == AttachmentState.READY,
            col(TicketAttachment.response_id).is_(None) | ~col(TicketResponse.is_internal),
        )
        .order_by(col(TicketAttachment.created_at), col(TicketAttachment.id))
    ).all()
    return bundle.of_rows("files.zip", rows, folder="files/")


def _facts(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    facts = {}
    for name in names:
        value = getattr(row, name)
        head, *rest = name.split("_")
        key = head + "".join(part.title() for part in rest)
        facts[key] = value.isoformat() if hasattr(value, "isoformat") else value
    return facts
