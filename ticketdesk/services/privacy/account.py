"""Erasing a person's account; its row stays, so that what they did keeps one author."""

from sqlalchemy import or_
from sqlmodel import Session, col, delete, update

from ticketdesk import clock
from ticketdesk.models import (
    AuditEntry,
    Chat,
    ChatMessage,
    OneTimeToken,
    SecondFactor,
    TicketActivity,
    User,
)
from ticketdesk.models import Session as SignInSession
from ticketdesk.services.privacy.erased import NAME
from ticketdesk.services.privacy.person import Person


def own_account(session: Session, person: Person, pseudonym: str) -> dict[str, int]:
    """Replace name and address of the account, close it, and forget how they signed in."""
    user = person.user
    if user is None:
        return {}
    for table in (SignInSession, OneTimeToken, SecondFactor):
        session.exec(delete(table).where(col(table.user_id) == user.id))
    _forget_name(session, person, user.id)
    session.exec(
        update(ChatMessage).where(col(ChatMessage.author_id) == user.id).values(author_name=NAME)
    )
    session.exec(
        update(Chat).where(col(Chat.customer_id) == user.id).values(customer_email=pseudonym)
    )
    _close(user, pseudonym)
    session.add(user)
    session.flush()
    return {"accounts": 1}


def _forget_name(session: Session, person: Person, user_id: str) -> None:
    """Take the name out of the history of tickets and of the audit log."""
    for table in (TicketActivity, AuditEntry):
        session.exec(
            update(table)
            .where(
                col(table.organization_id) == person.organization_id,
                col(table.performed_by_id) == user_id,
            )
            .values(performed_by_name=NAME)
        )
    session.exec(
        update(AuditEntry)
        .where(
            AuditEntry.organization_id == person.organization_id,
            or_(
                col(AuditEntry.subject_id) == user_id,
                col(AuditEntry.subject_name) == person.email,
            ),
        )
        .values(subject_name=NAME, before={}, after={})
    )


def _close(user: User, pseudonym: str) -> None:
    user.name, user.email = NAME, pseudonym
    user.password_hash, user.is_active, user.is_available = None, False, False
    user.company, user.manages_company = None, False
    user.timezone, user.locale = None, None
    user.preferences, user.working_hours = {}, {}
    user.email_verified_at, user.undeliverable_at = None, clock.now()
    user.version += 1
