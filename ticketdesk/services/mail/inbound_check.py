"""Whether mail comes in: the mailbox is tried by a worker, and the last message is named."""

from datetime import datetime

from sqlmodel import Session, col, select

from ticketdesk import outbox
from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound
from ticketdesk.models import MailMessage, OutboxEvent
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Moment, View
from ticketdesk.services.mail.notices import tell_asker

SUBSCRIBER = "mail.check_inbound"


class CheckResult(View):
    """How a check fares: QUEUED, DONE or FAILED with the server's words."""

    id: str
    state: str
    words: str | None


class LastMail(View):
    """The newest message that came in, whichever way."""

    sender: str
    subject: str
    via: str
    state: str
    at: Moment


def request(session: Session, actor: Actor) -> CheckResult:
    """Ask a worker to sign in to the mailbox."""
    actor.require(UserRole.ADMIN)
    payload = {"askedBy": actor.user_id}
    promise_id = outbox.put(session, actor.organization_id, SUBSCRIBER, payload)
    session.flush()
    return CheckResult(id=promise_id, state="QUEUED", words=None)


def result(session: Session, actor: Actor, promise_id: str) -> CheckResult:
    """How it fares now. Raises `NotFound`."""
    actor.require(UserRole.ADMIN, writes=False)
    promise = session.exec(select(OutboxEvent).where(OutboxEvent.id == promise_id)).first()
    if promise is None or promise.subscriber != SUBSCRIBER:
        raise NotFound("There is no such check.")
    if promise.failed_at:
        return CheckResult(id=promise_id, state="FAILED", words=promise.last_error)
    if promise.done_at:
        return CheckResult(id=promise_id, state="DONE", words=promise.payload.get("words"))
    return CheckResult(id=promise_id, state="QUEUED", words=None)


def last(session: Session, actor: Actor) -> LastMail | None:
    """The newest incoming message of the organization, or None."""
    actor.require(UserRole.ADMIN, writes=False)
    row = session.exec(
        select(MailMessage)
        .where(MailMessage.organization_id == actor.organization_id)
        .order_by(col(MailMessage.created_at).desc(), col(MailMessage.id).desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    at: datetime = row.created_at
    return LastMail(
        sender=row.sender, subject=row.subject, via=row.via, state=str(row.state), at=at
    )


def note(session: Session, actor: Actor, promise: outbox.Promise, words: str, *, ok: bool) -> None:
    """Write down what a check found; it is not repeated by itself."""
    tell_asker(session, actor.organization_id, promise.payload.get("askedBy"))
    if not ok:
        outbox.fail(session, promise, words, final=True)
        return
    row = session.get(OutboxEvent, promise.id)
    if row is not None and outbox.finish(session, promise):
        row.payload = {"words": words[:500]}
        session.add(row)
