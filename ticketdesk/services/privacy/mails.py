"""Erasing a person from the mail that came and went."""

from sqlmodel import Session, col, delete, select, update

from ticketdesk.models import MailAddress, MailDelivery, MailMessage, MailOriginal
from ticketdesk.models.mail import MailState
from ticketdesk.models.survey import Survey
from ticketdesk.services.privacy.erased import NAME, SUBJECT
from ticketdesk.services.privacy.person import Person, mails_of

AT_ONCE = 500


def received(session: Session, person: Person, pseudonym: str) -> dict[str, int]:
    """Delete the originals of the next 500 messages and what their rows say of the person.

    A message that still waited is discarded: it can become nothing any more. Its identity stays,
    so that the same mail is not taken in again.
    """
    rows = session.exec(
        select(MailMessage)
        .where(mails_of(person), MailMessage.sender != pseudonym)
        .order_by(col(MailMessage.id))
        .limit(AT_ONCE)
        .with_for_update()
    ).all()
    if not rows:
        return {}
    session.exec(
        delete(MailOriginal).where(col(MailOriginal.mail_id).in_([row.id for row in rows]))
    )
    for row in rows:
        row.sender, row.sender_name, row.subject = pseudonym, NAME, SUBJECT
        row.why, row.body, row.error = [], {}, None
        if row.state in (MailState.RECEIVED, MailState.HELD, MailState.FAILED):
            row.state = MailState.DISCARDED
        session.add(row)
    session.flush()
    return {"mails": len(rows)}


def sent(session: Session, person: Person, pseudonym: str) -> dict[str, int]:
    """Replace the address in the record of what was sent, and forget what is known about it.

    What they thought of the help stays a figure, without their words.
    """
    session.exec(
        update(Survey)
        .where(Survey.organization_id == person.organization_id, Survey.recipient == person.email)
        .values(recipient=pseudonym, comment="")
    )
    session.exec(
        update(MailDelivery)
        .where(
            MailDelivery.organization_id == person.organization_id,
            MailDelivery.recipient == person.email,
        )
        .values(recipient=pseudonym, words=None)
    )
    session.exec(
        delete(MailAddress).where(
            MailAddress.organization_id == person.organization_id,
            MailAddress.email == person.email,
        )
    )
    return {}
