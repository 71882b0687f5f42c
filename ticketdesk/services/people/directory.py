"""Everybody who works here, for the page where admins look after members."""

from typing import Any

from sqlalchemy import case
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import SecondFactor, User
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Moment, View
from ticketdesk.services import members

_MOST = 500


class ColleagueView(View):
    """A member with what an admin wants to know about them."""

    id: str
    email: str
    name: str
    role: UserRole
    is_active: bool
    is_available: bool
    is_invited: bool
    has_second_factor: bool
    capacity: int | None
    working_hours: dict[str, Any]
    last_seen_at: Moment | None
    version: int


def list_colleagues(session: Session, actor: Actor) -> list[ColleagueView]:
    """Return agents and admins, the active ones first, by name; at most 500."""
    actor.require(UserRole.ADMIN, writes=False)
    gone = case((col(User.is_active), 0), else_=1)
    rows = session.exec(
        select(User, SecondFactor.confirmed_at)
        .outerjoin(SecondFactor, col(SecondFactor.user_id) == User.id)
        .where(User.organization_id == actor.organization_id, col(User.role) != UserRole.CUSTOMER)
        .order_by(gone, col(User.name), col(User.id))
        .limit(_MOST)
    )
    return [_view(user, confirmed_at) for user, confirmed_at in rows]


class CustomerView(View):
    """A customer; whoever manages a company sees its tickets in the portal."""

    id: str
    email: str
    name: str
    company: str | None
    manages_company: bool
    version: int


def list_customers(session: Session, actor: Actor, words: str = "") -> list[CustomerView]:
    """Return up to 50 customers by name, whose name or address has words that begin so."""
    actor.require(UserRole.ADMIN, writes=False)
    found = members.search(session, actor, words, role=UserRole.CUSTOMER, limit=50)
    rows = session.exec(
        select(User)
        .where(col(User.id).in_([one.id for one in found]))
        .order_by(col(User.name), col(User.id))
    ).all()
    return [CustomerView.model_validate(row) for row in rows]


def _view(user: User, confirmed_at: Any) -> ColleagueView:
    return ColleagueView(
        id=user.id,
        email=user.email,
        name=user.name,
        role=user.role,
        is_active=user.is_active,
        is_available=user.is_available,
        is_invited=user.is_active and user.password_hash is None and user.last_seen_at is None,
        has_second_factor=confirmed_at is not None,
        capacity=user.capacity,
        working_hours=user.working_hours,
        last_seen_at=user.last_seen_at,
        version=user.version,
    )
