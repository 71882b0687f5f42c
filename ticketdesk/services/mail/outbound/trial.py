"""A test mail takes the way of every mail: through the outbox, a worker and the provider."""

from sqlmodel import Session, select

from ticketdesk import outbox
from ticketdesk.actor import Actor
from ticketdesk.adapters.email.mail import MailAddress, OutgoingMail
from ticketdesk.errors import Invalid, NotFound
from ticketdesk.models import MailDelivery, OutboxEvent
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import View
from ticketdesk.outbox import Promise
from ticketdesk.services.mail.languages import choose
from ticketdesk.services.mail.lines import one_line
from ticketdesk.services.mail.outbound.prepared import Prepared
from ticketdesk.services.mail.render import render
from ticketdesk.services.mail.signing import Signer
from ticketdesk.services.mail.views import MailDesk
from ticketdesk.services.text import clean_email

SUBSCRIBER = "mail.test"


class TestResult(View):
    """How a test mail fares: QUEUED, SENT or FAILED, and the server's words."""

    __test__ = False

    id: str
    state: str
    words: str | None


def request(session: Session, actor: Actor, to: str) -> TestResult:
    """Promise a test mail to an address. Raises `Invalid` when it is none."""
    actor.require(UserRole.ADMIN)
    address = clean_email(to, "to")
    if not address:
        raise Invalid("Write an address.", fields={"to": "Write an address."})
    payload = {"to": address, "askedBy": actor.user_id}
    promise_id = outbox.put(session, actor.organization_id, SUBSCRIBER, payload)
    session.flush()
    return TestResult(id=promise_id, state="QUEUED", words=None)


def result(session: Session, actor: Actor, promise_id: str) -> TestResult:
    """How a test mail fares now; a retry that waits shows the words of the last try."""
    actor.require(UserRole.ADMIN, writes=False)
    promise = session.exec(select(OutboxEvent).where(OutboxEvent.id == promise_id)).first()
    if promise is None or promise.subscriber != SUBSCRIBER:
        raise NotFound("There is no such test mail.")
    delivery = session.exec(
        select(MailDelivery).where(MailDelivery.outbox_id == promise_id)
    ).first()
    if promise.last_error and not promise.done_at:
        return TestResult(id=promise_id, state="FAILED", words=promise.last_error)
    state = delivery.state if delivery else "QUEUED"
    return TestResult(id=promise_id, state=state, words=delivery.words if delivery else None)


def compose(desk: MailDesk, signer: Signer, promise: Promise) -> Prepared:
    """The test mail itself."""
    rendered = render(
        "test",
        {"color": desk.color, "logo_url": desk.logo_url, "signature": desk.signature},
        language=choose(desk.language),
        words={"organization": desk.name},
        subject_key="test.subject",
    )
    mail = OutgoingMail(
        message_id=signer.message_id(promise.id, 0, desk.domain),
        sender=MailAddress(desk.from_email, one_line(desk.from_name, 80)),
        reply_to=MailAddress(desk.reply_to_email),
        to=(MailAddress(promise.payload["to"]),),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        date=promise.created_at,
        headers=(("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")),
    )
    return Prepared(promise, "test", mail, is_automatic=False)
