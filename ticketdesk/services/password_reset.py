"""A forgotten password: the same answer to everybody, a link to those who exist."""

from limits import parse
from redis import RedisError
from sqlmodel import Session, col, select

from ticketdesk import outbox
from ticketdesk.actor import Actor, ActorKind
from ticketdesk.errors import TooMany, Unavailable
from ticketdesk.models import User
from ticketdesk.services import audit, auth, lockout, one_time_tokens
from ticketdesk.services.one_time_tokens import TokenKind
from ticketdesk.services.sealing import seal
from ticketdesk.services.secrets import hash_password

SUBSCRIBER = "mail.password_reset"

_PER_ADDRESS = parse("3 per hour")
_PER_NETWORK = parse("20 per hour")


def request(session: Session, email: str, *, ip_address: str | None = None) -> None:
    """Send a link to every membership of an address; say nothing about whether there is one.

    Args:
        session: a session of the system role.

    Raises:
        TooMany: too many requests from one network address.
    """
    address = email.strip().lower()[:254]
    if not _allowed(address, ip_address) or not address.isprintable():
        return
    users = session.exec(
        select(User).where(User.email == address, col(User.is_active)).limit(5)
    ).all()
    for user in users:
        token = one_time_tokens.issue(session, user, TokenKind.PASSWORD_RESET)
        outbox.put(
            session,
            user.organization_id,
            SUBSCRIBER,
            {"userId": user.id, "sealedToken": seal(token)},
        )


def reset(session: Session, token: str, password: str) -> str:
    """Set a new password, end all sessions, and return the member's address.

    Args:
        session: a session of the system role.

    Raises:
        NotFound: the link does not work any more.
        Invalid: the password is too short or too long.
    """
    hashed = hash_password(password)
    user = one_time_tokens.holder(session, token, TokenKind.PASSWORD_RESET, use=True)
    user.password_hash = hashed
    session.add(user)
    auth.revoke_all(session, user.id)
    himself = Actor(ActorKind.USER, user.organization_id, user.name, user_id=user.id)
    audit.record(
        session, himself, "member.password_reset", subject_id=user.id, subject_name=user.name
    )
    session.flush()
    return user.email


def _allowed(email: str, ip_address: str | None) -> bool:
    """Count the request; a flood to one address is dropped in silence, one from a network told."""
    try:
        limiter = lockout.limiter()
        if ip_address and not limiter.hit(_PER_NETWORK, "reset-from", ip_address):
            raise TooMany("Too many requests. Try again in an hour.", retry_after=3600)
        return limiter.hit(_PER_ADDRESS, "reset", email)
    except RedisError as error:
        raise Unavailable("This is not possible right now. Try again shortly.") from error
