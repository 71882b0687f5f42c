"""A customer's own tickets, and those of the company for its manager (semantics.md, Access)."""

from enum import StrEnum
from typing import Any

from sqlalchemy import or_, tuple_
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Forbidden
from ticketdesk.models import Ticket, TicketResponse, User
from ticketdesk.models.enums import TicketStatus as S
from ticketdesk.models.enums import UserRole
from ticketdesk.models.status import ENDED
from ticketdesk.models.wire import Moment, View
from ticketdesk.services.paging import Page, decode_cursor, encode_cursor, moment
from ticketdesk.services.tickets import access

_AT_ONCE = 20
_LONGEST = 200
_LARGEST_NUMBER = 2_147_483_647


class Shown(StrEnum):
    """What the list is narrowed to."""

    ALL = "all"
    OPEN = "open"
    ANSWER = "answer"
    DONE = "done"


class OwnTicket(View):
    """A line of the list; `requester_name` is '' on one's own tickets."""

    ticket_number: int
    subject: str
    status: S
    requester_name: str
    created_at: Moment


class Customer(View):
    """Who is signed in; `company` is '' unless they see the tickets of theirs."""

    name: str
    email: str
    company: str


def require_customer(actor: Actor) -> None:
    """Let customers in and nobody else: staff have the desk.

    Raises:
        Unauthenticated: nobody is signed in.
        Forbidden: a member of staff.
    """
    actor.require(UserRole.CUSTOMER, writes=False)
    if not actor.is_customer:
        raise Forbidden("The portal is for customers.")


def me(session: Session, actor: Actor) -> Customer:
    """Return who is signed in."""
    require_customer(actor)
    user = session.get_one(User, actor.user_id)
    company = user.company if user.manages_company and user.company else ""
    return Customer(name=user.name, email=user.email, company=company or "")


def list_own(
    session: Session,
    actor: Actor,
    *,
    shown: Shown = Shown.ALL,
    words: str = "",
    cursor: str | None = None,
) -> Page[OwnTicket]:
    """Return 20 tickets, the newest first.

    Args:
        words: a number, or words that subject, description or a public message contain. Tags,
            notes and whatever else is the desk's own are not looked into.

    Raises:
        Malformed: the cursor is not one of ours.
    """
    require_customer(actor)
    query = select(Ticket).where(
        Ticket.organization_id == actor.organization_id, access.mine(session, actor)
    )
    query = query.where(*_narrowed(shown), *_containing(words))
    if cursor:
        at, row_id = decode_cursor(cursor, 2)
        place = tuple_(moment(at), str(row_id))
        query = query.where(tuple_(col(Ticket.created_at), col(Ticket.id)) < place)
    ordered = query.order_by(col(Ticket.created_at).desc(), col(Ticket.id).desc())
    rows = session.exec(ordered.limit(_AT_ONCE + 1)).all()
    page, more = rows[:_AT_ONCE], len(rows) > _AT_ONCE
    return Page(
        [_line(row, actor) for row in page],
        encode_cursor(page[-1].created_at, page[-1].id) if more else None,
    )


def _line(row: Ticket, actor: Actor) -> OwnTicket:
    own = row.requester_id == actor.user_id or row.requester_email == actor.email
    return OwnTicket(
        ticket_number=row.ticket_number,
        subject=row.subject,
        status=row.status,
        requester_name="" if own else row.requester_name,
        created_at=row.created_at,
    )


def _narrowed(shown: Shown) -> list[Any]:
    if shown is Shown.DONE:
        return [col(Ticket.status).in_(ENDED)]
    if shown is Shown.ANSWER:
        return [col(Ticket.status) == S.WAITING_ON_CUSTOMER]
    return [col(Ticket.status).not_in(ENDED)] if shown is Shown.OPEN else []


def _containing(words: str) -> list[Any]:
    sought = words.replace("\x00", "").strip()[:_LONGEST]
    if not sought:
        return []
    number = sought.removeprefix("#")
    if number.isascii() and number.isdigit():
        return [Ticket.ticket_number == min(int(number), _LARGEST_NUMBER)]
    said = select(TicketResponse.id).where(
        TicketResponse.ticket_id == Ticket.id,
        ~col(TicketResponse.is_internal),
        col(TicketResponse.content_text).icontains(sought, autoescape=True),
    )
    return [
        or_(
            col(Ticket.subject).icontains(sought, autoescape=True),
            col(Ticket.description_text).icontains(sought, autoescape=True),
            said.exists(),
        )
    ]
