"""Taking a reply back before it left (semantics.md, Email out: "unless undone")."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from ticketdesk import events, outbox
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Forbidden, NotFound
from ticketdesk.models import (
    Notification,
    OutboxEvent,
    Ticket,
    TicketActivity,
    TicketAttachment,
    TicketResponse,
)
from ticketdesk.models.enums import TicketActivityType, UserRole
from ticketdesk.services import rich_text
from ticketdesk.services.sla.refresh import refresh
from ticketdesk.services.tickets import access
from ticketdesk.services.tickets.snapshot import give_back
from ticketdesk.services.tickets.touch import touch


@dataclass(frozen=True, slots=True)
class Undone:
    """What the draft becomes again: HTML, the identifiers of its files, who had copies."""

    html: str
    files: list[str]
    cc: list[str]
    bcc: list[str]


def undo_send(
    session: Session,
    actor: Actor,
    reference: str,
    response_id: str,
    before: dict[str, Any],
    version_after: int,
) -> Undone:
    """Remove the caller's own reply, its mail and what the ticket became by it.

    Its files wait for their message again. When the ticket changed since, only the reply goes.

    Args:
        before: the ticket's facts before the reply, as `snapshot.ticket_facts` gave them.
        version_after: the ticket's version right after it.

    Returns the text, files and copies, for the draft they become again.

    Raises:
        NotFound: no such reply on this ticket.
        Forbidden: somebody else wrote it.
        Conflict: it has left already.
    """
    actor.require(UserRole.AGENT)
    ticket = access.find(session, actor, reference, lock=True)
    row = _own_reply(session, actor, ticket, response_id)
    _hold_back(session, ticket, row)
    html = rich_text.to_html(row.content, row.content_format)
    undone = Undone(html, _release_files(session, row), list(row.cc), list(row.bcc))
    was_first = ticket.first_response_at == row.created_at
    _forget(session, row)
    status = str(ticket.status)
    _undo_facts(session, ticket, before if ticket.version == version_after else None, was_first)
    now = str(ticket.status)
    changes = {} if status == now else {"status": (status, now)}
    words = "took a reply back before it was sent"
    events.record(session, actor, ticket, TicketActivityType.UPDATED, words, changes=changes)
    touch(session, ticket)
    return undone


def _undo_facts(
    session: Session, ticket: Ticket, before: dict[str, Any] | None, was_first: bool
) -> None:
    if before is not None:
        give_back(ticket, before)
    elif was_first:
        ticket.first_response_at = None
        refresh(session, ticket)


def _own_reply(session: Session, actor: Actor, ticket: Ticket, response_id: str) -> TicketResponse:
    row = session.exec(
        select(TicketResponse)
        .where(TicketResponse.ticket_id == ticket.id, TicketResponse.id == response_id)
        .with_for_update()
    ).first()
    if row is None or row.is_internal:
        raise NotFound("There is no such reply.")
    if actor.user_id is None or row.author_id != actor.user_id:
        raise Forbidden("Only its author takes a reply back.")
    return row


def withdraw_note(session: Session, actor: Actor, row: TicketResponse) -> None:
    """Remove a note of the caller's; the caller touches the ticket.

    Raises:
        Forbidden: somebody else wrote it.
    """
    actor.require(UserRole.AGENT)
    if actor.user_id is None or row.author_id != actor.user_id:
        raise Forbidden("Only its author takes a note back.")
    _release_files(session, row)
    _forget(session, row)


def _hold_back(session: Session, ticket: Ticket, row: TicketResponse) -> None:
    """Cancel every mail the reply promised; what it did to the status tells nobody either."""
    activities = select(TicketActivity.id).where(
        TicketActivity.ticket_id == ticket.id, TicketActivity.created_at >= row.created_at
    )
    of_reply = OutboxEvent.payload["responseId"].as_string() == row.id
    of_change = OutboxEvent.payload["activityId"].as_string().in_(activities)
    mails = session.exec(
        select(OutboxEvent)
        .where(
            OutboxEvent.organization_id == ticket.organization_id,
            col(OutboxEvent.subscriber).in_(("mail.ticket_response", "mail.status_changed")),
            of_reply | of_change,
        )
        .with_for_update()
    ).all()
    reply = [mail for mail in mails if mail.subscriber == "mail.ticket_response"]
    if not reply or not all(outbox.cancel(session, mail.id) for mail in reply):
        raise Conflict("The reply has left already.")
    for mail in mails:
        if mail not in reply:
            outbox.cancel(session, mail.id)


def _release_files(session: Session, row: TicketResponse) -> list[str]:
    files = session.exec(
        select(TicketAttachment)
        .where(TicketAttachment.response_id == row.id)
        .order_by(col(TicketAttachment.id))
        .with_for_update()
    ).all()
    for file in files:
        file.ticket_id = file.response_id = None
        session.add(file)
    return [file.id for file in files]


def _forget(session: Session, row: TicketResponse) -> None:
    """Delete the reply; its line of history stays, for the team only."""
    said = session.exec(select(TicketActivity).where(TicketActivity.response_id == row.id)).all()
    for activity in said:
        activity.is_public, activity.response_id = False, None
        session.add(activity)
    told = select(Notification).where(
        col(Notification.activity_id).in_([activity.id for activity in said])
    )
    for notification in session.exec(told).all():
        session.delete(notification)
    session.flush()
    session.delete(row)
    session.flush()
