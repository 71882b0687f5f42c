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
    for table in (TicketActivity, AuditEntry):
        session.exec(
            update(table)
            .where(
                col(table.organization_id) == person.organization_id,
                col(table.performed_by_id) == user.id,
            )
            .values(performed_by_name=NAME)
        )
    session.exec(
        update(AuditEntry)
        .where(
            AuditEntry.organization_id == person.organization_id,
            or_(
                col(AuditEntry.subject_id) == user.id,
                col(AuditEntry.subject_name) == person.email,
            ),
        )
        .values(subject_name=NAME, before={}, after={})
    )
    session.exec(
        update(ChatMessage).where(col(ChatMessage.author_id) == user.id).values(author_name=NAME)
    )
    session.exec(
        update(Chat).where(col(Chat.customer_id) == user.id).values(customer_email=pseudonym)
    )
    user.name, user.email = NAME, pseudonym
    user.password_hash, user.is_active, user.is_available = None, False, False
    user.company, user.manages_company = None, False
    user.timezone, user.locale, user.preferences = None, None, {}
    user.email_verified_at, user.undeliverable_at = None, clock.now()
    user.version += 1
    session.add(user)
    session.flush()
    return {"accounts": 1}
