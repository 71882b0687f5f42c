"""What a timeline tells about mail: why a message is here, how answers fared, what waits."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from ticketdesk.models import MailDelivery, MailMessage, OutboxEvent, Ticket
from ticketdesk.models.mail import DeliveryState as D
from ticketdesk.models.mail import MailState

Item = dict[str, Any]

# From what an agent must see to what needs no eye.
_WORST = (D.BOUNCED, D.FAILED, D.SUPPRESSED, D.QUEUED, D.SENT, D.DELIVERED)
WORDS = {
    D.QUEUED: "Queued",
    D.SENT: "Sent",
    D.DELIVERED: "Delivered",
    D.BOUNCED: "Bounced",
    D.FAILED: "Failed",
    D.SUPPRESSED: "Not sent",
}
_APART = {
    MailState.HELD: "held",
    MailState.IGNORED: "mail",
    MailState.BOUNCE: "mail",
    MailState.DISCARDED: "mail",
}
_WHAT = {
    MailState.IGNORED: "Automatic mail",
    MailState.BOUNCE: "Delivery report",
    MailState.DISCARDED: "Discarded message",
}
_MOST = 200


@dataclass(slots=True)
class MailOfTimeline:
    """By response, None standing for the description; `apart` are items of their own."""

    inbound: dict[str | None, Item] = field(default_factory=dict)
    sent: dict[str | None, Item] = field(default_factory=dict)
    apart: list[Item] = field(default_factory=list)


def read(
    session: Session, ticket: Ticket, response_ids: list[str], since: datetime
) -> MailOfTimeline:
    """Read what came in and what left for these messages, three queries however many they are."""
    found = MailOfTimeline()
    merged = select(Ticket.id).where(Ticket.merged_into_id == ticket.id)
    here = or_(col(MailMessage.ticket_id) == ticket.id, col(MailMessage.ticket_id).in_(merged))
    mails = session.exec(
        select(MailMessage)
        .where(
            or_(
                col(MailMessage.response_id).in_(response_ids),
                here & col(MailMessage.state).in_([*_APART, MailState.CREATED]),
            )
        )
        .order_by(col(MailMessage.created_at).desc())
        .limit(_MOST)
    )
    for mail in mails:
        if mail.state in _APART:
            if mail.created_at >= since or mail.state == MailState.HELD:
                found.apart.append(_apart(mail))
        elif mail.response_id or mail.ticket_id == ticket.id:
            found.inbound[mail.response_id] = inbound(mail)
    found.sent = _sent(session, ticket, response_ids)
    return found


def inbound(mail: MailMessage) -> Item:
    """Why a message is here, and where its original is."""
    sender = f"{mail.sender_name} <{mail.sender}>" if mail.sender_name else mail.sender
    return {
        "id": mail.id,
        "from": sender,
        "subject": mail.subject,
        "why": list(mail.why),
        "whole": f"/api/mail/{mail.id}/whole" if mail.body.get("wasCut") else "",
        "original": f"/api/mail/{mail.id}/original",
    }


def _apart(mail: MailMessage) -> Item:
    return {
        "id": mail.id,
        "rank": 1,
        "kind": _APART[MailState(mail.state)],
        "author": mail.sender_name or mail.sender or "Nobody",
        "at": mail.created_at.isoformat(),
        "what": _WHAT.get(MailState(mail.state), ""),
        "text": str(mail.body.get("text", "")),
        "inbound": inbound(mail),
    }


def _sent(session: Session, ticket: Ticket, response_ids: list[str]) -> dict[str | None, Item]:
    rows = session.exec(
        select(MailDelivery)
        .where(
            or_(
                col(MailDelivery.response_id).in_(response_ids),
                (col(MailDelivery.ticket_id) == ticket.id)
                & col(MailDelivery.response_id).is_(None)
                & (col(MailDelivery.kind) == "created"),
            )
        )
        .order_by(col(MailDelivery.created_at), col(MailDelivery.id))
        .limit(1000)
    )
    latest: dict[str | None, dict[str, MailDelivery]] = defaultdict(dict)
    for row in rows:
        latest[row.response_id][row.recipient] = row
    sent: dict[str | None, Item] = {key: _summary(list(r.values())) for key, r in latest.items()}
    for response_id in _promised(session, [i for i in response_ids if i not in sent]):
        sent[response_id] = {
            "state": D.QUEUED,
            "words": WORDS[D.QUEUED],
            "rows": [],
            "again": False,
        }
    return sent


def _promised(session: Session, response_ids: list[str]) -> list[str]:
    """Replies that still wait for their undo window or a worker."""
    if not response_ids:
        return []
    named = OutboxEvent.payload["responseId"].astext  # type: ignore[index]
    return list(
        session.exec(
            select(named).where(
                OutboxEvent.subscriber == "mail.ticket_response",
                col(OutboxEvent.done_at).is_(None),
                col(OutboxEvent.failed_at).is_(None),
                named.in_(response_ids),
            )
        )
    )


def _summary(rows: list[MailDelivery]) -> Item:
    state = min((D(row.state) for row in rows), key=_WORST.index)
    words = WORDS[state]
    return {
        "state": str(state),
        "words": f"Confirmation {words.lower()}" if rows[0].kind == "created" else words,
        "again": any(row.state in (D.FAILED, D.BOUNCED) and row.response_id for row in rows),
        "rows": [
            {
                "to": row.recipient or "Nobody",
                "state": str(row.state),
                "label": WORDS[D(row.state)],
                "words": row.words or "",
                "at": row.updated_at.isoformat(),
            }
            for row in rows
        ],
    }
