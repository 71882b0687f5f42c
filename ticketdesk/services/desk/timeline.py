"""The middle of a ticket's screen: messages and history in one order of time."""

from typing import Any

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Ticket, TicketActivity, TicketAttachment, TicketResponse
from ticketdesk.models.enums import ContentFormat, ResponseAuthorType, TicketActivityType
from ticketdesk.services import rich_text, status_words, ticket_settings
from ticketdesk.services.desk import mail_items
from ticketdesk.services.desk.words import worded
from ticketdesk.services.files.access import shown_to
from ticketdesk.services.files.tiles import tile
from ticketdesk.services.mail import remote_images

Item = dict[str, Any]

# The messages themselves tell these.
_TOLD = (
    TicketActivityType.CREATED,
    TicketActivityType.RESPONDED,
    TicketActivityType.INTERNAL_NOTE_ADDED,
)
_LONGEST = 20_000
_KINDS = {
    ResponseAuthorType.CUSTOMER: "customer",
    ResponseAuthorType.EMAIL: "customer",
    ResponseAuthorType.AGENT: "agent",
    ResponseAuthorType.SYSTEM: "system",
}


def read(
    session: Session, actor: Actor, ticket: Ticket, *, messages: int
) -> tuple[list[Item], int]:
    """Return the newest messages with the history between them, and how many older ones there are.

    Neighbouring lines of history are folded into one item.

    Args:
        messages: how many at most; the description counts as the first one.
    """
    newest = session.exec(
        select(TicketResponse)
        .where(TicketResponse.ticket_id == ticket.id)
        .order_by(col(TicketResponse.created_at).desc(), col(TicketResponse.id).desc())
        .limit(messages + 1)
    ).all()
    cut = len(newest) > messages
    shown = list(reversed(newest[:messages]))
    since = shown[0].created_at if cut else ticket.created_at
    attached = _files(session, actor, ticket, [row.id for row in shown])
    mail = mail_items.read(session, ticket, [row.id for row in shown], since)
    items = [] if cut else [_description(ticket, attached.get(None, []), mail)]
    origins = _origins(session, ticket, shown)
    items += [_message(row, attached.get(row.id, []), mail, origins) for row in shown]
    items += mail.apart
    history = session.exec(
        select(TicketActivity)
        .where(
            TicketActivity.ticket_id == ticket.id,
            TicketActivity.created_at >= since,
            col(TicketActivity.activity_type).not_in(_TOLD),
        )
        .order_by(col(TicketActivity.created_at), col(TicketActivity.id))
        .limit(400)
    ).all()
    statuses = status_words.for_agents(ticket_settings.of(session, ticket.organization_id))
    items += [_activity(row, statuses) for row in history]
    items.sort(key=lambda item: (item["at"], item["rank"]))
    return _folded(items), 1 if cut else 0


def files(session: Session, actor: Actor, ticket: Ticket) -> list[Item]:
    """Return all files of the ticket and its messages, newest first, as tiles."""
    rows = session.exec(
        select(TicketAttachment)
        .where(TicketAttachment.ticket_id == ticket.id, shown_to(actor))
        .order_by(col(TicketAttachment.created_at).desc(), col(TicketAttachment.id).desc())
        .limit(200)
    )
    return [tile(row) for row in rows]


def _files(
    session: Session, actor: Actor, ticket: Ticket, response_ids: list[str]
) -> dict[str | None, list[Item]]:
    response = col(TicketAttachment.response_id)
    rows = session.exec(
        select(TicketAttachment)
        .where(
            TicketAttachment.ticket_id == ticket.id,
            response.is_(None) | response.in_(response_ids),
            shown_to(actor),
        )
        .order_by(col(TicketAttachment.created_at), col(TicketAttachment.id))
        .limit(200)
    )
    grouped: dict[str | None, list[Item]] = {}
    for row in rows:
        grouped.setdefault(row.response_id, []).append(tile(row))
    return grouped


def _description(ticket: Ticket, files: list[Item], mail: mail_items.MailOfTimeline) -> Item:
    html, remote = _html(ticket.description, ticket.description_format, ticket.id)
    return {
        "id": f"description_{ticket.id}",
        "rank": 0,
        "kind": "customer",
        "author": ticket.requester_name or ticket.requester_email,
        "at": ticket.created_at.isoformat(),
        "html": html,
        "remote": remote,
        "long": _in_full(ticket.id, "", ticket.description),
        "files": _beside(html, files),
        "inbound": mail.inbound.get(None, {}),
        "sent": mail.sent.get(None, {}),
        "cc": ", ".join(ticket.cc),
        "origin": "",
    }


def _origins(session: Session, ticket: Ticket, shown: list[TicketResponse]) -> dict[str, str]:
    """The numbers of the tickets that messages came from, by a merge."""
    wanted = {row.origin_ticket_id for row in shown if row.origin_ticket_id} - {ticket.id}
    if not wanted:
        return {}
    numbers = select(Ticket.id, Ticket.ticket_number).where(
        Ticket.organization_id == ticket.organization_id, col(Ticket.id).in_(wanted)
    )
    return {found: str(number) for found, number in session.exec(numbers)}


def _message(
    row: TicketResponse,
    files: list[Item],
    mail: mail_items.MailOfTimeline,
    origins: dict[str, str],
) -> Item:
    kind = "note" if row.is_internal else _KINDS[ResponseAuthorType(row.author_type)]
    html, remote = _html(row.content, row.content_format, row.id)
    return {
        "id": row.id,
        "rank": 1,
        "kind": kind,
        "author": row.author_name,
        "at": row.created_at.isoformat(),
        "html": html,
        "remote": remote,
        "long": _in_full(row.ticket_id, row.id, row.content),
        "files": _beside(html, files),
        "inbound": mail.inbound.get(row.id, {}),
        "sent": mail.sent.get(row.id, {}),
        "cc": ", ".join(row.cc),
        "origin": origins.get(row.origin_ticket_id or "", ""),
    }


def _beside(html: str, files: list[Item]) -> list[Item]:
    """The files that the text does not show already in their place."""
    return [file for file in files if f'src="/api/attachments/{file["id"]}' not in html]


def _activity(row: TicketActivity, statuses: dict[str, str]) -> Item:
    at = row.created_at.isoformat()
    line = {"by": row.performed_by_name, "what": worded(row.description, statuses), "at": at}
    return {"id": row.id, "rank": 2, "kind": "activity", "at": at, "lines": [line]}


def _folded(items: list[Item]) -> list[Item]:
    folded: list[Item] = []
    for item in items:
        before = folded[-1] if folded else None
        if before and item["kind"] == "activity" == before["kind"]:
            before["lines"].append(item["lines"][0])
        else:
            folded.append(item)
    return [{key: value for key, value in item.items() if key != "rank"} for item in folded]


def _html(content: str, content_format: ContentFormat, message_id: str) -> tuple[str, int]:
    """The content as it is drawn, and how many images of it wait to be asked for."""
    html = rich_text.to_html(content[:_LONGEST], content_format)
    if len(content) > _LONGEST:
        html += "<p>…</p>"
    return remote_images.block(html, message_id)


def _in_full(ticket_id: str, message: str, content: str) -> str:
    """The address at which a text that was cut is read in full; '' for one that is all here."""
    if len(content) <= _LONGEST:
        return ""
    return f"/api/tickets/{ticket_id}/whole" + (f"?message={message}" if message else "")
