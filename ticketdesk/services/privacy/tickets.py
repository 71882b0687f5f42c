"""Erasing a person from tickets: their own, and their messages on others'."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, delete, or_, select, update

from ticketdesk import realtime_events
from ticketdesk.models import (
    AuditEntry,
    Draft,
    Notification,
    Ticket,
    TicketActivity,
    TicketAttachment,
    TicketResponse,
    TrackingLink,
    WebhookDelivery,
)
from ticketdesk.models.enums import ContentFormat, TicketActivityType
from ticketdesk.services.files import references
from ticketdesk.services.privacy.erased import CONTENT, NAME, SUBJECT
from ticketdesk.services.privacy.person import Person

AT_ONCE = 25

# A change of these is a matter of the desk; what any other field was may be the person's.
_OF_THE_DESK = {
    "status", "priority", "assignedToId", "category", "tags", "slaPolicyId", "mergedIntoId",
}  # fmt: skip
_CONTENT = {"content": CONTENT, "content_text": CONTENT, "content_format": ContentFormat.TEXT}


def own_tickets(session: Session, person: Person, pseudonym: str) -> dict[str, int]:
    """Replace the next 25 tickets they asked for, with every message, note and file on them.

    The desk's answers greet and quote the person, and its notes discuss them: their words go, too;
    who answered, and when, stays.
    """
    rows = session.exec(
        select(Ticket)
        .where(person.tickets(), Ticket.requester_email != pseudonym)
        .order_by(col(Ticket.id))
        .limit(AT_ONCE)
        .with_for_update()
    ).all()
    if not rows:
        return {}
    ids = [row.id for row in rows]
    messages = session.exec(
        update(TicketResponse)
        .where(col(TicketResponse.ticket_id).in_(ids))
        .values(**_CONTENT, mail_error=None)
    ).rowcount
    _sign(session, person, pseudonym, col(TicketResponse.ticket_id).in_(ids))
    files = _let_files_go(session, person, col(TicketAttachment.ticket_id).in_(ids))
    session.exec(delete(TrackingLink).where(col(TrackingLink.ticket_id).in_(ids)))
    forget_traces(session, person, ids)
    for row in rows:
        _replace(row, pseudonym)
        session.add(row)
        _announce(session, row)
    session.flush()
    return {"tickets": len(rows), "messages": messages, "files": files}


def messages_elsewhere(session: Session, person: Person, pseudonym: str) -> dict[str, int]:
    """Replace the next 500 messages they wrote on other people's tickets, and their files.

    What somebody wrote as an agent is the desk's answer: it stays, without their name.
    """
    rows = session.exec(
        select(TicketResponse.id, TicketResponse.ticket_id, TicketResponse.author_type)
        .where(person.messages(), TicketResponse.author_email != pseudonym)
        .order_by(col(TicketResponse.id))
        .limit(500)
        .with_for_update()
    ).all()
    if not rows:
        return {}
    theirs = [row.id for row in rows if row.author_type in ("CUSTOMER", "EMAIL")]
    session.exec(
        update(TicketResponse)
        .where(col(TicketResponse.id).in_(theirs))
        .values(**_CONTENT, mail_error=None)
    )
    files = _let_files_go(session, person, col(TicketAttachment.response_id).in_(theirs))
    ids = [row.id for row in rows]
    _sign(session, person, pseudonym, col(TicketResponse.id).in_(ids))
    told = select(TicketActivity.id).where(col(TicketActivity.response_id).in_(ids))
    session.exec(delete(Notification).where(col(Notification.activity_id).in_(told)))
    session.exec(
        update(TicketActivity)
        .where(
            col(TicketActivity.response_id).in_(ids),
            col(TicketActivity.activity_type) == TicketActivityType.RESPONDED,
        )
        .values(performed_by_name=NAME)
    )
    return {"messages": len(rows), "files": files}


def _replace(ticket: Ticket, pseudonym: str) -> None:
    ticket.requester_name, ticket.requester_email = NAME, pseudonym
    ticket.subject = SUBJECT
    ticket.description = ticket.description_text = CONTENT
    ticket.description_format = ContentFormat.TEXT
    ticket.custom_fields, ticket.ticket_metadata, ticket.cc = {}, {}, []
    ticket.version += 1


def _sign(session: Session, person: Person, pseudonym: str, where: Any) -> None:
    session.exec(
        update(TicketResponse)
        .where(where, person.messages())
        .values(author_name=NAME, author_email=pseudonym)
    )


def _let_files_go(session: Session, person: Person, where: Any) -> int:
    files = session.exec(select(TicketAttachment).where(where)).all()
    references.let_go(session, person.organization_id, files)
    for file in files:
        session.delete(file)
    session.flush()
    return len(files)


def forget_traces(session: Session, person: Person, ids: Sequence[str]) -> None:
    """History keeps what was done; names and texts in it, and copies of it, go."""
    for activity in session.exec(
        select(TicketActivity).where(col(TicketActivity.ticket_id).in_(ids))
    ).all():
        if activity.changes.keys() - _OF_THE_DESK:
            activity.changes = {
                name: value for name, value in activity.changes.items() if name in _OF_THE_DESK
            }
            activity.description = "changed details that were erased"
        if _is_theirs(activity, person):
            activity.performed_by_name = NAME
        session.add(activity)
    session.exec(delete(Notification).where(col(Notification.ticket_id).in_(ids)))
    session.exec(
        delete(Draft).where(or_(*(col(Draft.place).startswith(f"ticket:{id_}:") for id_ in ids)))
    )
    session.exec(
        update(AuditEntry)
        .where(
            AuditEntry.organization_id == person.organization_id,
            col(AuditEntry.subject_id).in_(ids),
        )
        .values(subject_name=SUBJECT, before={}, after={})
    )
    about = col(WebhookDelivery.body)["ticket"]["id"].as_string()
    session.exec(
        update(WebhookDelivery)
        .where(WebhookDelivery.organization_id == person.organization_id, about.in_(ids))
        .values(body={}, response_excerpt="")
    )


def _is_theirs(activity: TicketActivity, person: Person) -> bool:
    if person.user_id and activity.performed_by_id == person.user_id:
        return True
    return activity.performed_by_id is None and activity.performed_by_kind in ("USER", "ANONYMOUS")


def _announce(session: Session, ticket: Ticket) -> None:
    channels = (f"ticket:{ticket.organization_id}", f"ticket:{ticket.id}")
    realtime_events.collect(
        session,
        realtime_events.RealtimeEvent(
            "ticket:updated",
            ticket.organization_id,
            ticket.id,
            channels,
            {"changed": ["description", "requesterName", "subject"]},
        ),
    )
