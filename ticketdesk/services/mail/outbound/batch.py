"""Everything a batch of promises is about, read in a handful of queries whatever its size."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlmodel import Session, case, col, select

from ticketdesk.models import (
    MailAddress,
    MailDelivery,
    MailMessage,
    Ticket,
    TicketActivity,
    TicketAttachment,
    TicketResponse,
    User,
)
from ticketdesk.outbox import Promise
from ticketdesk.services.mail.outbound.files import files_of

_CUSTOMER_MAILS = ("created", "response", "status", "auto_reply")


@dataclass(slots=True)
class Batch:
    """Rows by id, and what is known about the addresses they name (lower-case)."""

    tickets: dict[str, Ticket] = field(default_factory=dict)
    responses: dict[str, TicketResponse] = field(default_factory=dict)
    activities: dict[str, TicketActivity] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    users_by_email: dict[str, User] = field(default_factory=dict)
    addresses: dict[str, MailAddress] = field(default_factory=dict)
    threads: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[TicketAttachment]] = field(default_factory=dict)


def read_batch(session: Session, promises: list[Promise]) -> Batch:
    """Read all rows that the promises of one organization name; missing ones are just not there."""
    batch = Batch()
    batch.tickets = _by_id(session, Ticket, _named(promises, "ticketId"))
    batch.responses = _by_id(session, TicketResponse, _named(promises, "responseId"))
    batch.activities = _by_id(session, TicketActivity, _named(promises, "activityId"))
    people = {t.requester_id for t in batch.tickets.values()}
    people |= {t.assigned_to_id for t in batch.tickets.values()}
    people |= {r.author_id for r in batch.responses.values()}
    people |= {a.performed_by_id for a in batch.activities.values()}
    people |= _named(promises, "userId")
    people |= {_after(a, "assignedToId") for a in batch.activities.values()}
    batch.users = _by_id(session, User, {p for p in people if p})
    emails = {t.requester_email for t in batch.tickets.values()}
    found = session.exec(select(User).where(col(User.email).in_(emails))) if emails else []
    batch.users_by_email = {u.email: u for u in found}
    known = session.exec(select(MailAddress).where(col(MailAddress.email).in_(emails)))
    batch.addresses = {a.email: a for a in known} if emails else {}
    batch.threads = _threads(session, list(batch.tickets))
    batch.files = files_of(session, list(batch.responses))
    return batch


def answers_meanwhile(session: Session, batch: Batch) -> set[str]:
    """Activities of a status change that came with a public reply, which tells it already."""
    ids = list(batch.tickets)
    if not ids:
        return set()
    replies = session.exec(
        select(
            TicketActivity.ticket_id, TicketActivity.performed_by_id, TicketActivity.created_at
        ).where(col(TicketActivity.ticket_id).in_(ids), TicketActivity.activity_type == "RESPONDED")
    ).all()
    with_reply = set()
    for activity in batch.activities.values():
        for ticket_id, performer, at in replies:
            same = ticket_id == activity.ticket_id and performer == activity.performed_by_id
            if same and abs((at - activity.created_at).total_seconds()) < 2:
                with_reply.add(activity.id)
    return with_reply


def _threads(session: Session, ticket_ids: list[str]) -> dict[str, list[str]]:
    """Message-IDs of each ticket that the requester has seen, oldest first."""
    if not ticket_ids:
        return {}
    received = select(
        col(MailMessage.ticket_id), col(MailMessage.created_at), col(MailMessage.message_id)
    ).where(col(MailMessage.ticket_id).in_(ticket_ids), MailMessage.message_id != "")
    # Most providers answer with an id of their own that never shows in a header; SES replaces ours.
    replaced = col(MailDelivery.provider_message_id).like("<%")
    seen_id = case((replaced, MailDelivery.provider_message_id), else_=MailDelivery.message_id)
    sent = select(col(MailDelivery.ticket_id), col(MailDelivery.created_at), seen_id).where(
        col(MailDelivery.ticket_id).in_(ticket_ids), col(MailDelivery.kind).in_(_CUSTOMER_MAILS)
    )
    threads: dict[str, list[str]] = defaultdict(list)
    rows = [*session.exec(received), *session.exec(sent)]
    for ticket_id, _, message_id in sorted(rows, key=lambda row: row[1]):
        if message_id not in threads[ticket_id]:
            threads[ticket_id].append(message_id)
    return threads


def _named(promises: list[Promise], key: str) -> set[str]:
    return {p.payload[key] for p in promises if p.payload.get(key)}


def _by_id(session: Session, model: type, ids: set[str]) -> dict:
    if not ids:
        return {}
    return {row.id: row for row in session.exec(select(model).where(col(model.id).in_(ids)))}


def _after(activity: TicketActivity, name: str) -> str | None:
    value = activity.changes.get(name, {}).get("after")
    return value if isinstance(value, str) else None
