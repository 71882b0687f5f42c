"""Promises of one organization → finished mails, noted down as queued before any leaves."""

from collections.abc import Iterable

import structlog
from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.ids import new_id
from ticketdesk.models import MailDelivery, TicketResponse
from ticketdesk.models.mail import DeliveryState
from ticketdesk.outbox import Promise
from ticketdesk.services.mail import digests
from ticketdesk.services.mail.compose import Letter
from ticketdesk.services.mail.desk import mail_desk, signer_of
from ticketdesk.services.mail.outbound import automatic_answers, subscribers, trial, views
from ticketdesk.services.mail.outbound.batch import Batch, answers_meanwhile, read_batch
from ticketdesk.services.mail.outbound.caps import Caps
from ticketdesk.services.mail.outbound.links import tracking_urls
from ticketdesk.services.mail.outbound.prepared import Prepared
from ticketdesk.services.mail.sandbox import TemplateRefused
from ticketdesk.services.mail.views import MailDesk

log = structlog.get_logger(__name__)


def prepare(session: Session, actor: Actor, promises: list[Promise]) -> list[Prepared]:
    """Compose the mails of a batch; every promise comes back, with a mail or with its silence.

    The Message-IDs are written down here, before anything is handed over: whatever happens later,
    a repeat is the same mail and an answer finds its ticket.
    """
    organization_id = actor.organization_id
    view, signer = mail_desk(session, organization_id), signer_of(organization_id)
    batch = read_batch(session, promises)
    urls = tracking_urls(session, organization_id, promises, batch.tickets)
    desk = _desk(session, view, batch, promises)

    def one(promise: Promise) -> Prepared:
        if promise.subscriber == trial.SUBSCRIBER:
            return trial.compose(view, signer, promise)
        if promise.subscriber == digests.SUBSCRIBER:
            return digests.compose(session, view, signer, promise)
        ticket = batch.tickets.get(promise.payload.get("ticketId") or "")
        if ticket is None:
            return Prepared(promise, "gone", silence="the ticket is gone")
        letter = Letter(view, views.ticket_view(batch, ticket, urls.get(promise.id, "")), signer)
        return _compose(desk, promise, ticket, letter)

    prepared = [one(promise) for promise in promises]
    note_down(session, organization_id, prepared)
    return prepared


def _desk(
    session: Session, view: MailDesk, batch: Batch, promises: list[Promise]
) -> subscribers.Desk:
    """What every subscriber needs, read once for the batch."""
    ours, batch_ids = view.organization_id, {p.id for p in promises}
    asked = {t.requester_email for t in batch.tickets.values()}
    tells_status = any(p.subscriber == "mail.status_changed" for p in promises)
    return subscribers.Desk(
        batch=batch,
        caps=Caps(session, asked, set(batch.tickets), batch_ids),
        own_addresses=frozenset({view.from_email, view.reply_to_email}),
        answers=automatic_answers.read(session, ours, batch.responses, batch_ids),
        with_reply=answers_meanwhile(session, batch) if tells_status else set(),
    )


def _compose(desk: subscribers.Desk, promise: Promise, ticket: object, letter: Letter) -> Prepared:
    try:
        return subscribers.TABLE[promise.subscriber](desk, promise, ticket, letter)  # type: ignore[arg-type]
    except TemplateRefused as problem:
        # Templates are checked when saved; one that breaks on this very ticket must not keep a
        # customer waiting, so ours takes its place.
        log.warning("mail_template_refused", problem=str(problem), subscriber=promise.subscriber)
        plain = letter.with_own_templates_off()
        return subscribers.TABLE[promise.subscriber](desk, promise, ticket, plain)  # type: ignore[arg-type]


def note_down(session: Session, organization_id: str, prepared: Iterable[Prepared]) -> None:
    """Write a QUEUED delivery per recipient, and the Message-ID on the response; idempotent."""
    now, rows = clock.now(), []
    for entry in prepared:
        if entry.mail is None:
            if entry.kind in ("created", "auto_reply", "response") and entry.silence:
                rows += _silenced(organization_id, entry, now)
            continue
        rows += [
            _row(organization_id, entry, recipient, entry.mail.message_id, now)
            for recipient in entry.mail.recipients
        ]
    if rows:
        session.execute(
            insert(MailDelivery)
            .values(rows)
            .on_conflict_do_nothing(index_elements=["outbox_id", "recipient"])
        )
    for entry in prepared:
        if entry.mail is not None and entry.response_id:
            session.execute(
                update(TicketResponse)
                .where(
                    col(TicketResponse.id) == entry.response_id,
                    col(TicketResponse.email_message_id).is_distinct_from(entry.mail.message_id),
                )
                .values(email_message_id=entry.mail.message_id)
            )


def _row(
    organization_id: str, entry: Prepared, recipient: str, message_id: str, now: object
) -> dict[str, object]:
    return {
        "id": new_id("delivery"),
        "created_at": now,
        "updated_at": now,
        "organization_id": organization_id,
        "outbox_id": entry.promise.id,
        "ticket_id": entry.ticket_id,
        "response_id": entry.response_id,
        "kind": entry.kind,
        "recipient": recipient,
        "message_id": message_id,
        "provider": "",
        "state": DeliveryState.QUEUED,
        "is_automatic": entry.is_automatic,
        "words": None,
    }


def _silenced(organization_id: str, entry: Prepared, now: object) -> list[dict[str, object]]:
    row = _row(organization_id, entry, "", "", now)
    return [row | {"state": DeliveryState.SUPPRESSED, "words": entry.silence}]
