"""Notifications: who hears of what, the bell's list, and following.

`tell` is called by `events.record` for every change, so no verb can forget it.
"""

import re
from datetime import timedelta

from sqlalchemy import func, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select, update

from ticketdesk import clock, outbox, realtime_events
from ticketdesk.actor import Actor
from ticketdesk.errors import Forbidden
from ticketdesk.ids import new_id
from ticketdesk.models import Chat, Notification, Ticket, TicketFollower, TicketResponse, User
from ticketdesk.models.enums import TicketActivityType as A
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Moment, View
from ticketdesk.services.paging import Page, decode_cursor, encode_cursor, moment
from ticketdesk.services.tickets import access

_KEPT = timedelta(days=90)
_MENTION = re.compile(r'data-mention="(user_[0-9a-f]{32})"')
_WORDS: dict[A, str] = {
    A.RESPONDED: "replied",
    A.INTERNAL_NOTE_ADDED: "added a note",
    A.STATUS_CHANGED: "changed the status",
    A.RESOLVED: "resolved it",
    A.CLOSED: "closed it",
    A.REOPENED: "reopened it",
    A.SLA_WARNED: "is due soon",
    A.SLA_BREACHED: "missed its target",
}


class NotificationView(View):
    """One line behind the bell: of a ticket, or of a chat with its title as `subject`."""

    id: str
    kind: str
    words: str
    ticket_id: str | None
    ticket_number: int | None
    chat_id: str | None
    subject: str
    created_at: Moment
    read_at: Moment | None


def tell(
    session: Session,
    actor: Actor,
    ticket: Ticket,
    kind: A,
    activity_id: str,
    response_id: str | None,
) -> None:
    """Write a notification for everybody a change concerns, except whoever made it.

    The new assignee, those mentioned in a note or reply, and, for messages, moves and service
    levels, the assignee and the followers.
    """
    wanted: dict[str, tuple[str, str]] = {}
    if kind in _WORDS:
        words = _WORDS[kind]
        text = words if kind in (A.SLA_WARNED, A.SLA_BREACHED) else f"{actor.name} {words}"
        for person in (*_followers(session, ticket), ticket.assigned_to_id):
            if person:
                wanted[person] = (_kind(kind), text)
    if kind is A.ASSIGNED and ticket.assigned_to_id:
        wanted[ticket.assigned_to_id] = ("assigned", f"{actor.name} assigned it to you")
    if response_id and kind in (A.RESPONDED, A.INTERNAL_NOTE_ADDED):
        for person in _mentioned(session, ticket, response_id):
            wanted[person] = ("mentioned", f"{actor.name} mentioned you")
            _follow(session, ticket, person)
    wanted.pop(actor.user_id or "", None)
    _write(session, ticket, activity_id, wanted, response_id)


def _kind(kind: A) -> str:
    return "sla" if kind in (A.SLA_WARNED, A.SLA_BREACHED) else "replied"


def _followers(session: Session, ticket: Ticket) -> list[str]:
    return list(
        session.exec(select(TicketFollower.user_id).where(TicketFollower.ticket_id == ticket.id))
    )


def _mentioned(session: Session, ticket: Ticket, response_id: str) -> list[str]:
    content = session.exec(
        select(TicketResponse.content).where(TicketResponse.id == response_id)
    ).first()
    named = set(_MENTION.findall(content or ""))
    if not named:
        return []
    return list(
        session.exec(
            select(User.id).where(
                User.organization_id == ticket.organization_id,
                col(User.id).in_(named),
                col(User.is_active),
                col(User.role) != UserRole.CUSTOMER,
            )
        )
    )


def _write(
    session: Session,
    ticket: Ticket,
    activity_id: str,
    wanted: dict[str, tuple[str, str]],
    response_id: str | None,
) -> None:
    by_mail = _by_mail(session, wanted, response_id)
    if any(kind == "sla" for kind, _ in wanted.values()):
        # The service level writes to the assignee by itself, once for each target.
        by_mail.discard(ticket.assigned_to_id or "")
    for person, (kind, words) in sorted(wanted.items()):
        if person in by_mail:
            promise = {"ticketId": ticket.id, "activityId": activity_id, "userId": person}
            more = {"kind": kind, "responseId": response_id}
            outbox.put(session, ticket.organization_id, "mail.notification", promise | more)
        _ring(session, ticket, person, activity_id, kind, words)


def tell_of_chat(session: Session, actor: Actor, chat: Chat) -> None:
    """Write a notification for whom a chat was just handed to, unless they took it themselves."""
    person = chat.assigned_to_id
    if person and person != actor.user_id:
        words = f"{actor.name} handed you a chat"
        _ring(session, chat, person, f"{chat.id}:{chat.version}", "assigned", words)


def _ring(
    session: Session, of: Ticket | Chat, person: str, activity_id: str, kind: str, words: str
) -> None:
    ticket_id = of.id if isinstance(of, Ticket) else None
    session.add(
        Notification(
            id=new_id("note"),
            organization_id=of.organization_id,
            user_id=person,
            ticket_id=ticket_id,
            chat_id=None if ticket_id else of.id,
            activity_id=activity_id,
            kind=kind,
            words=words,
        )
    )
    realtime_events.collect(
        session,
        realtime_events.RealtimeEvent(
            "notification:created",
            of.organization_id,
            ticket_id,
            (f"agent:{person}",),
            {"kind": kind},
        ),
    )


def _by_mail(
    session: Session, wanted: dict[str, tuple[str, str]], response_id: str | None
) -> set[str]:
    """Who is also told by mail: of mentions and targets all, of replies those who asked for it.

    Assignments have a mail of their own; what somebody switched off is silenced when it is due.
    """
    people = {person for person, (kind, _) in wanted.items() if kind in ("mentioned", "sla")}
    replied = [person for person, (kind, _) in wanted.items() if kind == "replied"]
    if replied and response_id:
        asked = col(User.preferences)["mailOnReply"].as_boolean()
        people |= set(session.exec(select(User.id).where(col(User.id).in_(replied), asked)))
    return people


def list_mine(
    session: Session, actor: Actor, *, cursor: str | None = None, limit: int = 20
) -> Page[NotificationView]:
    """Return the caller's notifications, newest first."""
    owner = _member(actor)
    query = (
        select(Notification, Ticket, Chat)
        .join(Ticket, col(Ticket.id) == Notification.ticket_id, isouter=True)
        .join(Chat, col(Chat.id) == Notification.chat_id, isouter=True)
        .where(Notification.user_id == owner)
    )
    if cursor:
        at, row_id = decode_cursor(cursor, 2)
        query = query.where(
            tuple_(col(Notification.created_at), col(Notification.id))
            < tuple_(moment(at), str(row_id))
        )
    size = max(1, min(limit, 100))
    rows = session.exec(
        query.order_by(col(Notification.created_at).desc(), col(Notification.id).desc()).limit(
            size + 1
        )
    ).all()
    last = rows[size - 1][0] if len(rows) > size else None
    return Page(
        [_view(*found) for found in rows[:size]],
        encode_cursor(last.created_at, last.id) if last else None,
    )


def unread(session: Session, actor: Actor) -> int:
    """Return how many notifications the caller has not read, counted up to 100."""
    capped = (
        select(Notification.id)
        .where(Notification.user_id == _member(actor), col(Notification.read_at).is_(None))
        .limit(100)
        .subquery()
    )
    return session.exec(select(func.count()).select_from(capped)).one()


def mark_read(
    session: Session, actor: Actor, *, ticket_id: str | None = None, chat_id: str | None = None
) -> None:
    """Mark the caller's notifications read, all of them or those of one ticket or chat."""
    statement = (
        update(Notification)
        .where(col(Notification.user_id) == _member(actor), col(Notification.read_at).is_(None))
        .values(read_at=clock.now())
    )
    if ticket_id:
        statement = statement.where(col(Notification.ticket_id) == ticket_id)
    if chat_id:
        statement = statement.where(col(Notification.chat_id) == chat_id)
    session.exec(statement)


def follow(session: Session, actor: Actor, reference: str) -> None:
    """Hear of everything that happens to a ticket."""
    person = _member(actor)
    _follow(session, access.find(session, actor, reference), person)


def unfollow(session: Session, actor: Actor, reference: str) -> None:
    """Hear of a ticket no more, unless it is one's own."""
    person = _member(actor)
    ticket = access.find(session, actor, reference)
    session.exec(
        delete(TicketFollower).where(
            col(TicketFollower.ticket_id) == ticket.id, col(TicketFollower.user_id) == person
        )
    )


def followers(session: Session, actor: Actor, reference: str) -> list[str]:
    """Return the identifiers of the agents who follow a ticket."""
    actor.require(UserRole.AGENT, writes=False)
    return _followers(session, access.find(session, actor, reference))


def forget_old(session: Session) -> int:
    """Delete notifications older than 90 days (system role); return how many."""
    oldest = clock.now() - _KEPT
    return session.exec(delete(Notification).where(col(Notification.created_at) < oldest)).rowcount


def _follow(session: Session, ticket: Ticket, person: str) -> None:
    session.exec(
        insert(TicketFollower)
        .values(
            id=new_id("follow"),
            created_at=clock.now(),
            organization_id=ticket.organization_id,
            ticket_id=ticket.id,
            user_id=person,
        )
        .on_conflict_do_nothing(index_elements=["ticket_id", "user_id"])
    )


def _member(actor: Actor) -> str:
    actor.require(UserRole.AGENT, writes=False)
    if actor.user_id is None:
        raise Forbidden("Only members have notifications.")
    return actor.user_id


def _view(row: Notification, ticket: Ticket | None, chat: Chat | None) -> NotificationView:
    return NotificationView(
        id=row.id,
        kind=row.kind,
        words=row.words,
        ticket_id=row.ticket_id,
        ticket_number=ticket.ticket_number if ticket else None,
        chat_id=row.chat_id,
        subject=ticket.subject if ticket else chat.title if chat else "",
        created_at=row.created_at,
        read_at=row.read_at,
    )
