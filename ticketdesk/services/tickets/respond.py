"""Replies and internal notes."""

from datetime import timedelta

from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Forbidden
from ticketdesk.models import Ticket, TicketResponse
from ticketdesk.models.enums import ResponseAuthorType, UserRole
from ticketdesk.models.enums import TicketStatus as S
from ticketdesk.models.status import FINAL
from ticketdesk.models.wire import View
from ticketdesk.services import ticket_settings
from ticketdesk.services.tickets import access, attachments
from ticketdesk.services.tickets.commands import AddResponse
from ticketdesk.services.tickets.follow_up import open_follow_up
from ticketdesk.services.tickets.merge import final_target
from ticketdesk.services.tickets.messages import add_message
from ticketdesk.services.tickets.status import apply_status
from ticketdesk.services.tickets.touch import touch
from ticketdesk.services.tickets.views import ResponseView, TicketView, response_view, ticket_view


class Responded(View):
    """The new response (None when it became a new ticket) and the ticket as it now stands."""

    response: ResponseView | None
    ticket: TicketView


def respond(
    session: Session,
    actor: Actor,
    reference: str,
    command: AddResponse,
    *,
    version: int | None = None,
) -> Responded:
    """Add a reply or a note, and move the ticket as the rules or the author say.

    A first public agent response moves NEW to OPEN unless a status was chosen; a customer's
    message reopens, or opens a linked ticket (semantics.md, Status).

    Raises:
        NotFound: no such ticket or file.
        Forbidden: a customer tried an internal note, a status or copies.
        Conflict: the status move is not allowed, or a newer message arrived meanwhile.
        Stale: the ticket changed since `version`.
    """
    actor.require(UserRole.CUSTOMER)
    _require_allowed(actor, command)
    ticket = access.find(session, actor, reference, lock=True)
    access.require_version(session, ticket, version)
    ticket = final_target(session, ticket, lock=True)
    if "latest_response_id" in command.model_fields_set:
        _require_latest(session, actor, ticket, command.latest_response_id)
    if not actor.is_staff and _opens_follow_up(session, ticket):
        return Responded(response=None, ticket=open_follow_up(session, actor, ticket, command))
    row = add_message(
        session,
        actor,
        ticket,
        command.content,
        content_format=command.content_format,
        is_internal=command.is_internal,
        cc=command.cc,
        bcc=command.bcc,
    )
    ids, content = command.attachment_ids, row.content
    files = attachments.attach(session, actor, ticket, ids, response_id=row.id, content=content)
    after = command.status_change or implied_status(actor, ticket, row)
    if after:
        apply_status(session, actor, ticket, after)
    touch(session, ticket)
    return Responded(response=response_view(row, files, actor), ticket=ticket_view(ticket, actor))


def _require_allowed(actor: Actor, command: AddResponse) -> None:
    if actor.is_staff:
        return
    if command.is_internal or command.status_change or command.cc or command.bcc:
        raise Forbidden("Only agents write notes, set a status or add copies.")


def _require_latest(session: Session, actor: Actor, ticket: Ticket, seen: str | None) -> None:
    query = select(TicketResponse.id, TicketResponse.author_name).where(
        TicketResponse.ticket_id == ticket.id
    )
    if not actor.is_staff:
        query = query.where(~col(TicketResponse.is_internal))
    newest = session.exec(
        query.order_by(col(TicketResponse.created_at).desc(), col(TicketResponse.id).desc()).limit(
            1
        )
    ).first()
    if newest and newest[0] != seen:
        raise Conflict(
            f"{newest[1]} wrote meanwhile. Read the new message, then send again.",
            code="newer_message",
            details={"responseId": newest[0]},
        )


def _opens_follow_up(session: Session, ticket: Ticket) -> bool:
    if ticket.status not in FINAL:
        return False
    days = ticket_settings.of(session, ticket.organization_id).reopen_window_days
    if days is None:
        return True
    ended = ticket.closed_at or ticket.updated_at
    return days > 0 and clock.now() - ended > timedelta(days=days)


def implied_status(actor: Actor, ticket: Ticket, row: TicketResponse) -> S | None:
    if row.author_type == ResponseAuthorType.AGENT:
        return S.OPEN if ticket.status == S.NEW and not row.is_internal else None
    if actor.is_staff:
        return None
    waiting = (S.WAITING_ON_CUSTOMER, S.RESOLVED, *FINAL)
    return S.OPEN if ticket.status in waiting else None
