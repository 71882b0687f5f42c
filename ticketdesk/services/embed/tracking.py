"""What a requester sees and does by their tracking link: the public side of one ticket."""

import hashlib
from dataclasses import dataclass

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor, ActorKind
from ticketdesk.adapters.storage import signature
from ticketdesk.errors import NotFound
from ticketdesk.models import Ticket, TicketAttachment, TicketResponse
from ticketdesk.models.enums import (
    AttachmentState,
    ContentFormat,
    ResponseAuthorType,
    TicketStatus,
    UserRole,
)
from ticketdesk.models.status import ENDED, FINAL
from ticketdesk.models.wire import Moment, View
from ticketdesk.services import rich_text

_MOST_MESSAGES = 300
_MOST_MERGES = 20
_OPENS_FOR = 300  # seconds


class TrackedFile(View):
    """A file of the public side; its address is the tracking page's to make."""

    id: str
    name: str
    size: int
    mime_type: str


class TrackedMessage(View):
    """A message as the requester reads it; `author` is a name, never an address."""

    id: str
    author: str
    is_mine: bool
    html: str
    files: list[TrackedFile]
    created_at: Moment


class TrackedTicket(View):
    """A ticket as its requester may see it (semantics.md, Access).

    `asked_number` differs from `ticket_number` where the ticket was merged into another.
    `digest` changes whenever anything of this does.
    """

    ticket_id: str
    ticket_number: int
    asked_number: int
    subject: str
    status: TicketStatus
    category: str | None
    is_ended: bool
    is_final: bool
    messages: list[TrackedMessage]
    created_at: Moment
    updated_at: Moment
    digest: str


@dataclass(frozen=True, slots=True)
class Followed:
    """The ticket a link was made for and the one it leads to."""

    asked: Ticket
    ticket: Ticket


def follow(session: Session, ticket_id: str) -> Followed:
    """Return the ticket of a link, and where merges have taken it.

    Raises:
        NotFound: it is gone.
    """
    asked = session.get(Ticket, ticket_id)
    ticket = asked
    for _ in range(_MOST_MERGES):
        if ticket is None or ticket.merged_into_id is None:
            break
        ticket = session.get(Ticket, ticket.merged_into_id)
    if asked is None or ticket is None:
        raise NotFound("There is no such ticket.")
    return Followed(asked, ticket)


def requester_of(followed: Followed) -> Actor:
    """Return the requester as an actor: whoever has the link acts as them, on this ticket only."""
    ticket = followed.ticket
    return Actor(
        kind=ActorKind.USER,
        organization_id=ticket.organization_id,
        name=followed.asked.requester_name,
        role=UserRole.CUSTOMER,
        user_id=ticket.requester_id,
        email=ticket.requester_email,
    )


def read(session: Session, actor: Actor, ticket_id: str) -> TrackedTicket:
    """Return the public side of a ticket, oldest message first.

    Args:
        actor: the anonymous visitor who proved to have the link.
        ticket_id: as `tracking_links.find` gave it.
    """
    followed = follow(session, ticket_id)
    return public_side(session, followed, followed.asked.requester_email)


def public_side(session: Session, followed: Followed, reader: str) -> TrackedTicket:
    """Return what may be shown of a ticket to a reader whose address is `reader`."""
    ticket, mine = followed.ticket, {reader.lower()}
    rows = session.exec(
        select(TicketResponse)
        .where(TicketResponse.ticket_id == ticket.id, ~col(TicketResponse.is_internal))
        .order_by(col(TicketResponse.created_at).desc(), col(TicketResponse.id).desc())
        .limit(_MOST_MESSAGES)
    ).all()
    files = _files(session, ticket.id, {row.id for row in rows})
    first = TrackedMessage(
        id=ticket.id,
        author=ticket.requester_name,
        is_mine=ticket.requester_email.lower() in mine,
        html=rich_text.for_customers(
            rich_text.to_html(ticket.description, ContentFormat(ticket.description_format))
        ),
        files=files.get(None, []),
        created_at=ticket.created_at,
    )
    messages = [first, *(_message(row, files.get(row.id, []), mine) for row in reversed(rows))]
    return TrackedTicket(
        ticket_id=ticket.id,
        ticket_number=ticket.ticket_number,
        asked_number=followed.asked.ticket_number,
        subject=ticket.subject,
        status=ticket.status,
        category=ticket.category,
        is_ended=ticket.status in ENDED,
        is_final=ticket.status in FINAL,
        messages=messages,
        created_at=ticket.created_at,
        updated_at=max(ticket.created_at, *(row.created_at for row in rows))
        if rows
        else ticket.created_at,
        digest=_digest(ticket, messages),
    )


def file_url(
    session: Session, actor: Actor, ticket_id: str, file_id: str, *, is_shown: bool = False
) -> str:
    """Return a path that opens one file of the public side for five minutes.

    Args:
        is_shown: for a picture within a text; else it is saved.

    Raises:
        NotFound: no such file, or one that is not the requester's to see.
    """
    ticket = read(session, actor, ticket_id)
    return url_of_file(session, ticket, file_id, is_shown=is_shown)


def url_of_file(
    session: Session, ticket: TrackedTicket, file_id: str, *, is_shown: bool = False
) -> str:
    """Return a path that opens one of a ticket's shown files for five minutes.

    Raises:
        NotFound: no such file among them.
    """
    if not any(file.id == file_id for message in ticket.messages for file in message.files):
        raise NotFound("There is no such file.")
    said = signature.query(file_id, _OPENS_FOR, disposition="inline" if is_shown else "attachment")
    return f"/api/attachments/{file_id}?{said}"


def _message(row: TicketResponse, files: list[TrackedFile], mine: set[str]) -> TrackedMessage:
    from_outside = row.author_type in (ResponseAuthorType.CUSTOMER, ResponseAuthorType.EMAIL)
    return TrackedMessage(
        id=row.id,
        author=row.author_name,
        is_mine=from_outside and row.author_email.lower() in mine,
        html=rich_text.for_customers(
            rich_text.to_html(row.content, ContentFormat(row.content_format))
        ),
        files=files,
        created_at=row.created_at,
    )


def _files(
    session: Session, ticket_id: str, public: set[str]
) -> dict[str | None, list[TrackedFile]]:
    """Files by message; those of internal notes and those still being checked are left out."""
    rows = session.exec(
        select(TicketAttachment)
        .where(
            TicketAttachment.ticket_id == ticket_id,
            TicketAttachment.state == AttachmentState.READY,
        )
        .order_by(col(TicketAttachment.created_at), col(TicketAttachment.id))
    ).all()
    grouped: dict[str | None, list[TrackedFile]] = {}
    for row in rows:
        if row.response_id is None or row.response_id in public:
            file = TrackedFile(
                id=row.id, name=row.original_name, size=row.size, mime_type=row.mime_type
            )
            grouped.setdefault(row.response_id, []).append(file)
    return grouped


def _digest(ticket: Ticket, messages: list[TrackedMessage]) -> str:
    parts = [ticket.id, ticket.status, ticket.subject, ticket.category or ""]
    parts += [message.id + message.html + str(len(message.files)) for message in messages]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
