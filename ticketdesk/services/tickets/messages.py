"""Writing down a message, whoever it comes from."""

from datetime import timedelta

from sqlmodel import Session

from ticketdesk import clock, events
from ticketdesk.actor import Actor, ActorKind
from ticketdesk.ids import new_id
from ticketdesk.models import Ticket, TicketResponse
from ticketdesk.models.enums import ContentFormat, ResponseAuthorType, TicketActivityType
from ticketdesk.services import rich_text, ticket_settings
from ticketdesk.services.sla.refresh import message_added


def add_message(
    session: Session,
    actor: Actor,
    ticket: Ticket,
    content: str,
    *,
    content_format: ContentFormat = ContentFormat.TEXT,
    is_internal: bool = False,
    cc: list[str] | None = None,
    bcc: list[str] | None = None,
    author_type: ResponseAuthorType | None = None,
) -> TicketResponse:
    """Write the message of a locked ticket and its history row; the caller touches the ticket."""
    now = clock.now()
    row = TicketResponse(
        id=new_id("resp"),
        organization_id=ticket.organization_id,
        ticket_id=ticket.id,
        content=rich_text.stored(content, content_format),
        content_format=content_format,
        content_text=rich_text.to_text(content, content_format),
        is_internal=is_internal,
        author_id=actor.user_id,
        author_email=actor.email or "",
        author_name=actor.name,
        author_type=author_type or _author_type(actor),
        cc=cc or [],
        bcc=bcc or [],
        created_at=now,
        updated_at=now,
    )
    session.add(row)
    ticket.last_message_at = now
    message_added(session, ticket, row)
    session.flush()
    _record(session, actor, ticket, row)
    return row


def _record(session: Session, actor: Actor, ticket: Ticket, row: TicketResponse) -> None:
    note = row.is_internal
    answers = row.author_type == ResponseAuthorType.AGENT and not note
    events.record(
        session,
        actor,
        ticket,
        TicketActivityType.INTERNAL_NOTE_ADDED if note else TicketActivityType.RESPONDED,
        "added an internal note" if note else "replied",
        response_id=row.id,
        delay=_undo_window(session, ticket) if answers else timedelta(0),
    )


def _undo_window(session: Session, ticket: Ticket) -> timedelta:
    settings = ticket_settings.of(session, ticket.organization_id)
    return timedelta(seconds=settings.email_config.undo_seconds)


def _author_type(actor: Actor) -> ResponseAuthorType:
    if actor.kind in (ActorKind.SYSTEM, ActorKind.RULE):
        return ResponseAuthorType.SYSTEM
    return ResponseAuthorType.AGENT if actor.is_staff else ResponseAuthorType.CUSTOMER
