"""Members: found, listed, made, changed."""

from sqlalchemy import func, literal
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import User
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import View
from ticketdesk.services.search_words import prefix_query
from ticketdesk.services.secrets import hash_password
from ticketdesk.services.text import clean_email, clean_line


class MemberView(View):
    """A member as the API gives it."""

    id: str
    organization_id: str
    email: str
    name: str
    role: UserRole
    is_active: bool
    is_available: bool


def member_view(user: User) -> MemberView:
    """Return a member's public facts."""
    return MemberView.model_validate(user)


def search(
    session: Session, actor: Actor, words: str, *, role: UserRole | None = None, limit: int = 20
) -> list[MemberView]:
    """Return members whose name or address has words that start with the given ones.

    Args:
        words: what was typed; empty lists everybody by name.
        role: only these; the autocomplete for assignees asks for agents and admins.
        limit: at most 50.
    """
    actor.require(UserRole.AGENT, writes=False)
    query = select(User).where(User.organization_id == actor.organization_id, col(User.is_active))
    if role is not None:
        query = query.where(User.role == role)
    wanted = prefix_query(words)
    if wanted:
        matches = func.users_matching(func.to_tsquery("simple", wanted), literal(500))
        query = query.where(col(User.id).in_(select(matches.column_valued("id"))))
    rows = session.exec(query.order_by(col(User.name), col(User.id)).limit(min(limit, 50)))
    return [member_view(user) for user in rows]


def agents(session: Session, actor: Actor) -> list[MemberView]:
    """Return everybody a ticket can be assigned to, by name."""
    actor.require(UserRole.AGENT, writes=False)
    rows = session.exec(
        select(User)
        .where(
            User.organization_id == actor.organization_id,
            col(User.is_active),
            col(User.role).in_([UserRole.AGENT, UserRole.ADMIN]),
        )
        .order_by(col(User.name), col(User.id))
        .limit(500)
    )
    return [member_view(user) for user in rows]


def me(session: Session, actor: Actor) -> MemberView:
    """Return the caller's own row.

    Raises:
        NotFound: the caller is no member (an API key).
    """
    user = session.get(User, actor.user_id) if actor.user_id else None
    if user is None or user.organization_id != actor.organization_id:
        raise NotFound("An API key is no member.")
    return member_view(user)


def add(
    session: Session,
    actor: Actor,
    *,
    email: str,
    name: str,
    role: UserRole,
    password: str | None = None,
) -> MemberView:
    """Make a member.

    Raises:
        Invalid: the address, name or password is not usable.
        Conflict: the address is a member already.
    """
    actor.require(UserRole.ADMIN)
    address = clean_email(email, "email")
    known = session.exec(
        select(User.id).where(User.organization_id == actor.organization_id, User.email == address)
    ).first()
    if known:
        raise Conflict(f"{address} is a member already.", fields={"email": "A member already."})
    user = User(
        id=new_id("user"),
        organization_id=actor.organization_id,
        email=address,
        name=clean_line(name, "name", 200),
        role=role,
        password_hash=hash_password(password) if password else None,
    )
    session.add(user)
    session.flush()
    return member_view(user)
