"""The log of what was told: worked through by the job, read and replayed by admins."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import tuple_
from sqlmodel import Session, col, delete, select

from ticketdesk import clock, outbox
from ticketdesk.actor import Actor
from ticketdesk.adapters.webhook.post import Outcome
from ticketdesk.errors import NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import Webhook, WebhookDelivery
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Moment, View
from ticketdesk.outbox import Promise
from ticketdesk.services.paging import Page, decode_cursor, encode_cursor, moment
from ticketdesk.services.sealing import unseal
from ticketdesk.services.webhooks.fan_out import SUBSCRIBER

_KEPT = timedelta(days=30)


class DeliveryView(View):
    """One telling, with the other side's answer."""

    id: str
    webhook_id: str
    event: str
    body: dict[str, Any]
    attempts: int
    response_status: int | None
    response_excerpt: str
    error: str
    milliseconds: int | None
    created_at: Moment
    delivered_at: Moment | None
    failed_at: Moment | None


@dataclass(frozen=True, slots=True)
class Due:
    """What the job has to send for a promise; None where there is nothing to tell any more."""

    promise: Promise
    delivery_id: str = ""
    url: str = ""
    secret: str = ""
    event: str = ""
    body: dict[str, Any] | None = None


def due(session: Session, actor: Actor, promises: list[Promise]) -> list[Due]:
    """Read what the promises are about; a webhook that was turned off tells nothing."""
    actor.require(UserRole.ADMIN)
    found: list[Due] = []
    for promise in promises:
        row = session.exec(
            select(WebhookDelivery, Webhook)
            .join(Webhook, col(Webhook.id) == WebhookDelivery.webhook_id)
            .where(WebhookDelivery.id == promise.payload.get("deliveryId"), col(Webhook.is_active))
        ).first()
        if row is None:
            found.append(Due(promise))
            continue
        delivery, webhook = row
        body = {
            "id": delivery.id,
            "createdAt": delivery.created_at.isoformat().replace("+00:00", "Z"),
            **delivery.body,
        }
        secret = unseal(webhook.sealed_secret)
        found.append(Due(promise, delivery.id, webhook.url, secret, delivery.event, body))
    return found


def record(session: Session, actor: Actor, results: list[tuple[Due, Outcome | None]]) -> None:
    """Write down what came of it, with the end of the promise."""
    actor.require(UserRole.ADMIN)
    for entry, outcome in results:
        if outcome is None:
            outbox.finish(session, entry.promise)
            continue
        row = session.get(WebhookDelivery, entry.delivery_id)
        if outcome.accepted:
            kept, over = outbox.finish(session, entry.promise), False
        else:
            words = outcome.error or f"Answered {outcome.status}."
            kept, over = True, outbox.fail(session, entry.promise, words)
        if row is None or not kept:
            continue
        row.attempts += 1
        row.response_status, row.response_excerpt = outcome.status, outcome.excerpt
        row.error, row.milliseconds = outcome.error, outcome.milliseconds
        row.delivered_at = clock.now() if outcome.accepted else None
        row.failed_at = clock.now() if over else None
        session.add(row)
    session.flush()


def list_deliveries(
    session: Session, actor: Actor, webhook_id: str, *, cursor: str | None = None, limit: int = 50
) -> Page[DeliveryView]:
    """Return a webhook's log, newest first."""
    actor.require(UserRole.ADMIN, writes=False)
    query = select(WebhookDelivery).where(
        WebhookDelivery.organization_id == actor.organization_id,
        WebhookDelivery.webhook_id == webhook_id,
    )
    if cursor:
        at, row_id = decode_cursor(cursor, 2)
        query = query.where(
            tuple_(col(WebhookDelivery.created_at), col(WebhookDelivery.id))
            < tuple_(moment(at), str(row_id))
        )
    size = max(1, min(limit, 100))
    ordered = query.order_by(col(WebhookDelivery.created_at).desc(), col(WebhookDelivery.id).desc())
    rows = session.exec(ordered.limit(size + 1)).all()
    last = rows[size - 1] if len(rows) > size else None
    return Page(
        [DeliveryView.model_validate(row) for row in rows[:size]],
        encode_cursor(last.created_at, last.id) if last else None,
    )


def replay(session: Session, actor: Actor, delivery_id: str) -> DeliveryView:
    """Tell an event again, as a new line of the log.

    Raises:
        NotFound: it is no longer in the log.
    """
    actor.require(UserRole.ADMIN)
    row = session.exec(
        select(WebhookDelivery).where(
            WebhookDelivery.organization_id == actor.organization_id,
            WebhookDelivery.id == delivery_id,
        )
    ).first()
    if row is None:
        raise NotFound("This is no longer in the log.")
    again = WebhookDelivery(
        id=new_id("delivery"),
        organization_id=row.organization_id,
        webhook_id=row.webhook_id,
        event=row.event,
        body={**row.body, "replayOf": row.id},
    )
    again.outbox_id = outbox.put(session, row.organization_id, SUBSCRIBER, {"deliveryId": again.id})
    session.add(again)
    session.flush()
    return DeliveryView.model_validate(again)


def forget_old(session: Session) -> int:
    """Delete log lines older than 30 days (system role); return how many."""
    oldest = clock.now() - _KEPT
    return session.exec(
        delete(WebhookDelivery).where(col(WebhookDelivery.created_at) < oldest)
    ).rowcount
