"""Messages that could not be worked on: counted, shown, tried again."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.models import MailMessage
from ticketdesk.models.enums import UserRole
from ticketdesk.models.mail import MailState
from ticketdesk.services.mail.inbound.verdict import Result
from ticketdesk.services.mail.intake.judge import locked, outcome
from ticketdesk.services.mail.intake.views import MailView, Outcome

TRIES = 5


def note_failure(
    session: Session, actor: Actor, mail_id: str, reason: str, *, final: bool
) -> Outcome:
    """Write down why a kept message could not be judged; `final` or five times: it is FAILED."""
    mail = locked(session, mail_id)
    mail.attempts += 1
    mail.error = reason[:2000]
    if final or mail.attempts >= TRIES:
        mail.state, mail.judged_at = MailState.FAILED, clock.now()
        mail.why = [*mail.why, f"Failed: {reason[:500]}"]
    session.add(mail)
    session.flush()
    return outcome(session, actor, mail, Result.FAILED).model_copy(
        update={"why": mail.why or [f"Failed for now: {reason[:500]}"]}
    )


def listing(session: Session, actor: Actor, states: tuple[MailState, ...]) -> list[MailView]:
    """The newest 200 messages in one of `states`, for the admin's page."""
    actor.require(UserRole.ADMIN, writes=False)
    rows = session.exec(
        select(MailMessage)
        .where(col(MailMessage.state).in_(states))
        .order_by(col(MailMessage.created_at).desc())
        .limit(200)
    )
    return [MailView.model_validate(row) for row in rows]


def again(session: Session, actor: Actor, mail_id: str) -> None:
    """Put a failed message back to be judged once more; others stay as they are."""
    actor.require(UserRole.ADMIN)
    mail = locked(session, mail_id)
    if mail.state == MailState.FAILED:
        mail.state, mail.attempts, mail.error, mail.why = MailState.RECEIVED, 0, None, []
        session.add(mail)
        session.flush()


def all_again(session: Session, actor: Actor) -> int:
    """Put every failed message of the organization back to be judged; return how many."""
    actor.require(UserRole.ADMIN)
    done = session.execute(
        update(MailMessage)
        .where(
            col(MailMessage.organization_id) == actor.organization_id,
            col(MailMessage.state) == MailState.FAILED,
        )
        .values(state=MailState.RECEIVED, attempts=0, error=None, why=[])
    )
    return done.rowcount


def unjudged(session: Session, before: datetime, limit: int = 100) -> list[tuple[str, str]]:
    """(organization, message) of what a crash left unjudged; system role."""
    rows = session.exec(
        select(MailMessage.organization_id, MailMessage.id)
        .where(MailMessage.state == MailState.RECEIVED, MailMessage.created_at < before)
        .order_by(col(MailMessage.created_at))
        .limit(limit)
    )
    return list(rows.all())
