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


def admit(email: str, *, ip_address: str | None = None) -> bool:
    """Count a request and return whether `send` may follow; it asks nothing of the database.

    A flood to one address is dropped in silence, one from a network is told.

    Raises:
        TooMany: too many requests from one network address.
        Unavailable: nothing can be counted now.
    """
    address = _address(email)
    try:
        limiter = lockout.limiter()
        if ip_address and not limiter.hit(_PER_NETWORK, "reset-from", ip_address):
            raise TooMany("Too many requests. Try again in an hour.", retry_after=3600)
        return limiter.hit(_PER_ADDRESS, "reset", address) and address.isprintable()
    except RedisError as error:
        raise Unavailable("This is not possible right now. Try again shortly.") from error


def send(session: Session, email: str) -> None:
    """Send a link to every membership of an address, there may be none.

    Call it once the answer is out: looking for members takes another time than finding none, and
    whoever asks must not learn which it was.

    Args:
        session: a session of the system role.
    """
    address = _address(email)
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


def _address(email: str) -> str:
    return email.strip().lower()[:254]
