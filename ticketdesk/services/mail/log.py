"""Every mail of the organization, in and out, newest first: what failed, what waits, and why."""

from typing import Any

from sqlalchemy import tuple_
from sqlmodel import Session, col, func, select

from ticketdesk.actor import Actor
from ticketdesk.models import MailDelivery, MailMessage, Ticket
from ticketdesk.models.enums import UserRole
from ticketdesk.models.mail import DeliveryState, MailState
from ticketdesk.models.wire import View
from ticketdesk.services.mail.intake.views import MailView
from ticketdesk.services.mail.outbound.deliveries import DeliveryView
from ticketdesk.services.paging import Page, decode_cursor, encode_cursor, moment

IN = {
    "failed": (MailState.FAILED,),
    "held": (MailState.HELD,),
    "taken": (MailState.CREATED, MailState.APPENDED),
    "aside": (MailState.IGNORED, MailState.BOUNCE, MailState.DISCARDED),
}
OUT = {
    "failed": (DeliveryState.FAILED, DeliveryState.BOUNCED),
    "queued": (DeliveryState.QUEUED,),
    "sent": (DeliveryState.SENT, DeliveryState.DELIVERED),
    "silent": (DeliveryState.SUPPRESSED,),
}
_MOST = 1000


class MailLine(MailView):
    """An incoming message with the number of its ticket."""

    ticket_number: int | None = None


class DeliveryLine(DeliveryView):
    """An outgoing mail with the number of its ticket."""

    ticket_number: int | None = None


class Trouble(View):
    """How much wants an eye, each counted to a thousand at most."""

    failed_in: int
    held: int
    failed_out: int


def incoming(
    session: Session, actor: Actor, *, kind: str = "", cursor: str | None = None, limit: int = 30
) -> Page[MailLine]:
    """Incoming messages; `kind` is a key of `IN`, anything else means all."""
    actor.require(UserRole.ADMIN, writes=False)
    rows, onward = _page(session, actor, MailMessage, IN.get(kind), cursor, limit)
    numbers = _numbers(session, rows)
    views = [
        MailLine.model_validate(
            MailView.model_validate(row).model_dump()
            | {"ticket_number": numbers.get(row.ticket_id or "")}
        )
        for row in rows
    ]
    return Page(views, onward)


def outgoing(
    session: Session, actor: Actor, *, kind: str = "", cursor: str | None = None, limit: int = 30
) -> Page[DeliveryLine]:
    """Outgoing mails, one a recipient; `kind` is a key of `OUT`, anything else means all."""
    actor.require(UserRole.ADMIN, writes=False)
    rows, onward = _page(session, actor, MailDelivery, OUT.get(kind), cursor, limit)
    numbers = _numbers(session, rows)
    views = [
        DeliveryLine.model_validate(
            DeliveryView.model_validate(row).model_dump()
            | {"ticket_number": numbers.get(row.ticket_id or "")}
        )
        for row in rows
    ]
    return Page(views, onward)


def trouble(session: Session, actor: Actor) -> Trouble:
    """How many messages failed or wait, for the head of the page."""
    actor.require(UserRole.ADMIN, writes=False)
    return Trouble(
        failed_in=_count(session, actor, MailMessage, IN["failed"]),
        held=_count(session, actor, MailMessage, IN["held"]),
        failed_out=_count(session, actor, MailDelivery, OUT["failed"]),
    )


def _page(
    session: Session,
    actor: Actor,
    model: Any,
    states: tuple[Any, ...] | None,
    cursor: str | None,
    limit: int,
) -> tuple[list[Any], str | None]:
    query = select(model).where(model.organization_id == actor.organization_id)
    if states:
        query = query.where(col(model.state).in_(states))
    if cursor:
        at, row_id = decode_cursor(cursor, 2)
        before = tuple_(moment(at), str(row_id))
        query = query.where(tuple_(col(model.created_at), col(model.id)) < before)
    size = max(1, min(limit, 100))
    ordered = query.order_by(col(model.created_at).desc(), col(model.id).desc())
    rows = list(session.exec(ordered.limit(size + 1)))
    last = rows[size - 1] if len(rows) > size else None
    return rows[:size], encode_cursor(last.created_at, last.id) if last else None


def _count(session: Session, actor: Actor, model: Any, states: tuple[Any, ...]) -> int:
    some = (
        select(model.id)
        .where(model.organization_id == actor.organization_id, col(model.state).in_(states))
        .limit(_MOST)
    )
    return session.exec(select(func.count()).select_from(some.subquery())).one()


def _numbers(session: Session, rows: list[Any]) -> dict[str, int]:
    ids = {row.ticket_id for row in rows if row.ticket_id}
    if not ids:
        return {}
    query = select(Ticket.id, Ticket.ticket_number).where(col(Ticket.id).in_(ids))
    return dict(session.exec(query).all())
