"""Deleting what an organization does not want to keep any longer, a batch per transaction."""

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.models import (
    AuditEntry,
    MailMessage,
    MailOriginal,
    Organization,
    Ticket,
    TicketAttachment,
)
from ticketdesk.models.enums import UserRole
from ticketdesk.models.mail import MailState
from ticketdesk.models.retention_settings import RetentionSettings
from ticketdesk.models.status import FINAL
from ticketdesk.services import audit, ticket_settings
from ticketdesk.services.files import references

TICKETS_AT_ONCE = 50
ROWS_AT_ONCE = 2000

# These still wait for somebody, who needs the whole message.
_WAITING = (MailState.RECEIVED, MailState.HELD, MailState.FAILED)


def organizations(session: Session) -> list[str]:
    """Return the organizations that delete anything at all (system role)."""
    rows = session.exec(select(Organization.id, Organization.settings)).all()
    return [
        organization_id
        for organization_id, stored in rows
        if any(
            value is not None
            for value in RetentionSettings.model_validate((stored or {}).get("retention") or {})
            .model_dump()
            .values()
        )
    ]


def delete_closed_tickets(session: Session, actor: Actor) -> bool:
    """Delete the next 50 tickets closed for long enough, with their files; True when none is left.

    The period and the status are read again for each batch: a ticket that was opened again, or a
    period that was made longer, is left alone.
    """
    actor.require(UserRole.ADMIN)
    days = _rules(session, actor).closed_ticket_days
    if days is None:
        return True
    before = clock.now() - timedelta(days=days)
    tickets = session.exec(
        select(Ticket.id)
        .where(
            Ticket.organization_id == actor.organization_id,
            col(Ticket.closed_at) < before,
            col(Ticket.status).in_(FINAL),
        )
        .order_by(col(Ticket.closed_at))
        .limit(TICKETS_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    if not tickets:
        return True
    files = session.exec(
        select(TicketAttachment).where(col(TicketAttachment.ticket_id).in_(tickets))
    ).all()
    references.let_go(session, actor.organization_id, files)
    session.exec(delete(Ticket).where(col(Ticket.id).in_(tickets)))
    audit.record(
        session,
        actor,
        "retention.tickets_deleted",
        after={"tickets": len(tickets), "files": len(files), "closedBefore": before.isoformat()},
    )
    session.flush()
    return len(tickets) < TICKETS_AT_ONCE


def delete_audit_entries(session: Session, actor: Actor) -> bool:
    """Delete the next 2,000 lines of the audit log that are old enough; True when none is left."""
    actor.require(UserRole.ADMIN)
    days = _rules(session, actor).audit_days
    if days is None:
        return True
    old = (
        select(AuditEntry.id)
        .where(
            AuditEntry.organization_id == actor.organization_id,
            AuditEntry.created_at < clock.now() - timedelta(days=days),
        )
        .order_by(col(AuditEntry.created_at))
        .limit(ROWS_AT_ONCE)
    )
    return _gone(session, delete(AuditEntry).where(col(AuditEntry.id).in_(old)))


def delete_original_mails(session: Session, actor: Actor) -> bool:
    """Delete the raw bytes of the next 2,000 messages that are old enough; True when none is left.

    What was made of them stays; a message that still waits keeps its bytes.
    """
    actor.require(UserRole.ADMIN)
    days = _rules(session, actor).original_mail_days
    if days is None:
        return True
    old = (
        select(MailOriginal.mail_id)
        .join(MailMessage, col(MailMessage.id) == MailOriginal.mail_id)
        .where(
            MailMessage.organization_id == actor.organization_id,
            MailMessage.created_at < clock.now() - timedelta(days=days),
            col(MailMessage.state).not_in(_WAITING),
        )
        .limit(ROWS_AT_ONCE)
    )
    return _gone(session, delete(MailOriginal).where(col(MailOriginal.mail_id).in_(old)))


def would_delete_today(session: Session, actor: Actor, closed_ticket_days: int) -> int:
    """Return how many closed tickets a period would delete at the next run, for whoever sets it."""
    actor.require(UserRole.ADMIN, writes=False)
    before: datetime = clock.now() - timedelta(days=max(1, min(closed_ticket_days, 36_500)))
    return session.exec(
        select(func.count())
        .select_from(Ticket)
        .where(
            Ticket.organization_id == actor.organization_id,
            col(Ticket.closed_at) < before,
            col(Ticket.status).in_(FINAL),
        )
    ).one()


def _rules(session: Session, actor: Actor) -> RetentionSettings:
    return ticket_settings.of(session, actor.organization_id).retention


def _gone(session: Session, statement) -> bool:
    return session.exec(statement).rowcount < ROWS_AT_ONCE
