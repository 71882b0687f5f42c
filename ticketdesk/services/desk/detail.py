"""A ticket's screen: its facts, its timeline, what else its requester has, what one has typed."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Chat, Ticket, TicketResponse, User
from ticketdesk.models.enums import TicketStatus, UserRole
from ticketdesk.models.status import ACTIVE, MOVES
from ticketdesk.services import notifications, status_words, ticket_settings
from ticketdesk.services.desk import compose, own_fields, related_chats, ticket_clocks, timeline
from ticketdesk.services.desk.words import SOURCE
from ticketdesk.services.files import waiting
from ticketdesk.services.tickets import access, read

_OTHERS = 5


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything on the screen; `older` counts what lies before the oldest item."""

    facts: dict[str, Any]
    items: list[timeline.Item]
    older: int
    others: list[dict[str, Any]]
    reply: str
    note: str
    reply_files: list[dict[str, Any]]
    note_files: list[dict[str, Any]]
    copies: dict[str, list[str]]


def open_ticket(
    session: Session, actor: Actor, reference: str, *, messages: int, seen: bool
) -> Detail:
    """Return the screen of a ticket.

    Args:
        messages: how many of the newest ones.
        seen: remember that the caller has seen it up to now.

    Raises:
        NotFound: no such ticket for this caller.
        Forbidden: a customer has no business in the staff app.
    """
    actor.require(UserRole.AGENT, writes=False)
    ticket = access.find(session, actor, reference)
    if seen:
        read.mark_read(session, actor, ticket.id)
        if actor.user_id:
            notifications.mark_read(session, actor, ticket_id=ticket.id)
    items, older = timeline.read(session, actor, ticket, messages=messages)
    reply, note = (compose.typed(session, actor, ticket, kind) for kind in ("reply", "note"))
    return Detail(
        facts=_facts(session, ticket)
        | {
            "files": timeline.files(session, actor, ticket),
            "limits": waiting.limits(session, actor),
            "reader": actor.user_id or "",
        },
        items=items,
        older=older,
        others=_others(session, ticket),
        reply=reply.html,
        note=note.html,
        reply_files=waiting.named(session, actor, reply.files),
        note_files=waiting.named(session, actor, note.files),
        copies=reply.copies,
    )


def _facts(session: Session, ticket: Ticket) -> dict[str, Any]:
    assignee = session.get(User, ticket.assigned_to_id) if ticket.assigned_to_id else None
    status = TicketStatus(ticket.status)
    return {
        "id": ticket.id,
        "number": ticket.ticket_number,
        "subject": ticket.subject,
        "status": str(status),
        "moves": _moves(session, ticket),
        "priority": str(ticket.priority),
        "category": ticket.category or "",
        "tags": list(ticket.tags),
        "assignee": ticket.assigned_to_id or "",
        "assigneeName": assignee.name if assignee else "",
        "requester": ticket.requester_name or ticket.requester_email,
        "email": ticket.requester_email,
        "source": SOURCE[ticket.source],
        "created": ticket.created_at.isoformat(),
        "updated": ticket.updated_at.isoformat(),
        "latest": _latest(session, ticket) or "",
        "chat": _chat(session, ticket),
        "linked": related_chats.linked(session, ticket),
        "clocks": ticket_clocks.clocks(session, ticket),
        "fields": own_fields.shown(
            ticket_settings.of(session, ticket.organization_id).embed_config, ticket
        ),
    }


def _moves(session: Session, ticket: Ticket) -> list[dict[str, str]]:
    """Return the present status and those it may go to as choices, in the order of the work."""
    status = TicketStatus(ticket.status)
    possible = {status, *MOVES[status]}
    names = status_words.for_agents(ticket_settings.of(session, ticket.organization_id))
    return [
        {"value": name, "label": words, "glyph": f"status:{name}"}
        for name, words in names.items()
        if name in possible
    ]


def _latest(session: Session, ticket: Ticket) -> str | None:
    return session.exec(
        select(TicketResponse.id)
        .where(TicketResponse.ticket_id == ticket.id)
        .order_by(col(TicketResponse.created_at).desc(), col(TicketResponse.id).desc())
        .limit(1)
    ).first()


def _chat(session: Session, ticket: Ticket) -> dict[str, str]:
    chat = session.get(Chat, ticket.origin_chat_id) if ticket.origin_chat_id else None
    return {"id": chat.id, "title": chat.title} if chat else {"id": "", "title": ""}


def _others(session: Session, ticket: Ticket) -> list[dict[str, Any]]:
    names = status_words.for_agents(ticket_settings.of(session, ticket.organization_id))
    rows = session.exec(
        select(Ticket.ticket_number, Ticket.subject, Ticket.status)
        .where(
            Ticket.organization_id == ticket.organization_id,
            Ticket.requester_email == ticket.requester_email,
            Ticket.id != ticket.id,
        )
        .order_by(col(Ticket.created_at).desc())
        .limit(_OTHERS)
    ).all()
    return [
        {
            "number": number,
            "subject": subject,
            "status": str(status),
            "words": names[status],
            "open": status in ACTIVE,
        }
        for number, subject, status in rows
    ]
