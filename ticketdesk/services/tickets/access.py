"""Which ticket a caller means, and whether it exists for them (semantics.md, Access)."""

from typing import Any

from sqlmodel import Session, col, or_, select

from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound, Stale, TicketDeskError, Unauthenticated
from ticketdesk.models import Ticket, TicketActivity, User

_LARGEST_NUMBER = 2_147_483_647


def mine(session: Session, actor: Actor) -> Any:
    """Return the SQL condition for the tickets a customer may see.

    Their own, by account or address; a company's manager also sees those of the company.
    """
    by_address = col(Ticket.requester_email) == actor.email
    if actor.user_id is None:  # whoever holds a tracking link, without an account
        return by_address
    condition = or_(col(Ticket.requester_id) == actor.user_id, by_address)
    me = session.get(User, actor.user_id)
    if me is None or not me.manages_company or not me.company:
        return condition
    colleagues = select(User.id).where(
        User.organization_id == actor.organization_id, User.company == me.company
    )
    return or_(condition, col(Ticket.requester_id).in_(colleagues))


def find(session: Session, actor: Actor, reference: str, *, lock: bool = False) -> Ticket:
    """Return the ticket with this identifier or number, if the caller may see it.

    Args:
        reference: `ticket_…` or the number.
        lock: hold the row until the transaction ends.

    Raises:
        Unauthenticated: the caller is nobody.
        NotFound: missing, foreign, or not the caller's.
    """
    if actor.role is None:
        raise Unauthenticated("Sign in first.")
    query = select(Ticket).where(Ticket.organization_id == actor.organization_id)
    if reference.isascii() and reference.isdigit():
        number = int(reference[:12])
        query = query.where(Ticket.ticket_number == min(number, _LARGEST_NUMBER))
    else:
        query = query.where(Ticket.id == reference)
    if not actor.is_staff:
        query = query.where(mine(session, actor))
    if lock:
        query = query.with_for_update()
    ticket = session.exec(query.execution_options(populate_existing=lock)).first()
    if ticket is None:
        raise NotFound("There is no such ticket.")
    return ticket


def require_version(
    session: Session,
    ticket: Ticket,
    expected: int | None,
    *,
    refusal: type[TicketDeskError] = Stale,
) -> None:
    """Refuse a write based on an older state.

    Args:
        refusal: the error; `Stale` for a condition beside the request (If-Match), `Conflict` for a
            version in its body.

    Raises:
        Stale: says who changed what last.
    """
    if expected is None or expected == ticket.version:
        return
    last = session.exec(
        select(TicketActivity)
        .where(TicketActivity.ticket_id == ticket.id)
        .order_by(col(TicketActivity.created_at).desc(), col(TicketActivity.id).desc())
        .limit(1)
    ).first()
    what = f" {last.performed_by_name} {last.description}." if last else ""
    raise refusal(
        f"The ticket was changed meanwhile.{what} Load it again.",
        code=Stale.code,
        details={
            "version": ticket.version,
            "changes": last.changes if last else {},
            "changedBy": last.performed_by_name if last else None,
        },
    )


def require_member(session: Session, actor: Actor, user_id: str, field: str) -> User:
    """Return an active member of the caller's organization.

    Raises:
        NotFound: no such member here.
    """
    user = session.exec(
        select(User).where(
            User.organization_id == actor.organization_id, User.id == user_id, col(User.is_active)
        )
    ).first()
    if user is None:
        message = "There is no such member."
        raise NotFound(message, fields={field: message})
    return user
