"""Signing in by a link from a mail: the address proves who it is, no password is needed."""

from sqlmodel import Session, col, select

from ticketdesk import clock, outbox
from ticketdesk.errors import NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import Organization, Ticket, User
from ticketdesk.models.enums import UserRole
from ticketdesk.services import auth, one_time_tokens
from ticketdesk.services.auth import SignIn
from ticketdesk.services.one_time_tokens import TokenKind
from ticketdesk.services.sealing import seal

SUBSCRIBER = "mail.portal_link"
_MOST = 5


def send(session: Session, email: str, organization_id: str | None = None) -> None:
    """Mail a link to a customer of each organization that knows the address; tell nobody.

    Whoever has written to a desk has an account from the first link on. Staff get none: theirs is
    the desk's own door.

    Args:
        session: a session of the system role: nobody is signed in.
        organization_id: only this organization; None asks all.
    """
    address = email.strip().lower()[:254]
    for user in _customers(session, address, organization_id):
        token = one_time_tokens.issue(session, user, TokenKind.PORTAL)
        outbox.put(
            session,
            user.organization_id,
            SUBSCRIBER,
            {"userId": user.id, "sealedToken": seal(token)},
        )


def sign_in(
    session: Session, token: str, *, ip_address: str | None, user_agent: str | None
) -> SignIn:
    """Start the session of whoever holds a link; it works once.

    Args:
        session: a session of the system role.

    Raises:
        NotFound: the link does not work any more, or its holder is no customer (any more).
        Unauthenticated: they have a second factor (`second_factor_required`).
    """
    user = one_time_tokens.holder(session, token, TokenKind.PORTAL, use=True)
    if not user.is_active or user.role != UserRole.CUSTOMER:
        raise NotFound("This link has been used or has expired. Ask for a new one.")
    auth.require_no_second_step(session, user)
    user.email_verified_at = user.email_verified_at or clock.now()
    session.add(user)
    return auth.start_session(session, user, ip_address=ip_address, user_agent=user_agent)


def _customers(session: Session, address: str, organization_id: str | None) -> list[User]:
    query = select(User).where(User.email == address)
    asked = select(Ticket.organization_id, Ticket.requester_name).where(
        Ticket.requester_email == address
    )
    if organization_id:
        query = query.where(User.organization_id == organization_id)
        asked = asked.where(Ticket.organization_id == organization_id)
    known = session.exec(query.limit(_MOST)).all()
    users = [user for user in known if user.is_active and user.role == UserRole.CUSTOMER]
    names = dict(session.exec(asked.order_by(col(Ticket.id)).limit(500)).all())
    for there in names.keys() - {user.organization_id for user in known}:
        users.append(_account(session, there, address, names[there]))
    return users[:_MOST]


def _account(session: Session, organization_id: str, address: str, name: str) -> User:
    user = User(
        id=new_id("user"), organization_id=organization_id, email=address, name=name or address
    )
    session.add(user)
    session.flush()
    return user


def organization_named(session: Session, reference: str) -> str | None:
    """Return the identifier of an organization by identifier or slug, or None (system role)."""
    if not reference or not reference.isprintable():
        return None
    return session.exec(
        select(Organization.id).where(
            (col(Organization.id) == reference[:100]) | (col(Organization.slug) == reference[:100])
        )
    ).first()
