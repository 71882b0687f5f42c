"""Links that are sent by mail and work once."""

from datetime import timedelta
from enum import StrEnum

from sqlmodel import Session, col, select, update

from ticketdesk import clock
from ticketdesk.errors import NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import OneTimeToken, User
from ticketdesk.services.secrets import new_token, token_hash

_PREFIX = "tdl"


class TokenKind(StrEnum):
    """What a link is for."""

    INVITATION = "INVITATION"
    PASSWORD_RESET = "PASSWORD_RESET"
    PORTAL = "PORTAL"


_CHOOSES_PASSWORD = (TokenKind.INVITATION, TokenKind.PASSWORD_RESET)

LASTS = {
    TokenKind.INVITATION: timedelta(days=7),
    TokenKind.PASSWORD_RESET: timedelta(hours=1),
    TokenKind.PORTAL: timedelta(minutes=30),
}


def issue(session: Session, user: User, kind: TokenKind) -> str:
    """Return a fresh token; earlier ones of the same kind stop working."""
    session.exec(
        update(OneTimeToken)
        .where(
            col(OneTimeToken.user_id) == user.id,
            col(OneTimeToken.kind) == kind,
            col(OneTimeToken.used_at).is_(None),
        )
        .values(used_at=clock.now())
    )
    token = new_token(_PREFIX)
    session.add(
        OneTimeToken(
            id=new_id("link"),
            organization_id=user.organization_id,
            user_id=user.id,
            kind=kind,
            token_hash=token_hash(token),
            expires_at=clock.now() + LASTS[kind],
        )
    )
    session.flush()
    return token


def holder(session: Session, token: str, kind: TokenKind, *, use: bool) -> User:
    """Return the member a link belongs to.

    Args:
        session: a session of the system role: nobody is signed in.
        use: whether the link is used up by this.

    Raises:
        NotFound: unknown, used or expired; the three are not told apart.
    """
    row = session.exec(
        select(OneTimeToken)
        .where(
            OneTimeToken.token_hash == token_hash(token),
            OneTimeToken.kind == kind,
            col(OneTimeToken.used_at).is_(None),
            OneTimeToken.expires_at > clock.now(),
        )
        .with_for_update()
    ).first()
    if row is None:
        raise NotFound("This link has been used or has expired. Ask for a new one.")
    if use:
        row.used_at = clock.now()
        session.add(row)
        if kind in _CHOOSES_PASSWORD:
            # Whoever has chosen a password leaves no other link behind that would choose another.
            forget(session, row.user_id)
    return session.get_one(User, row.user_id)


def is_open(session: Session, user_id: str, kind: TokenKind) -> bool:
    """Return whether a member has a link of a kind that was not used yet."""
    unused = select(OneTimeToken.id).where(
        col(OneTimeToken.user_id) == user_id,
        col(OneTimeToken.kind) == kind,
        col(OneTimeToken.used_at).is_(None),
    )
    return session.exec(unused.limit(1)).first() is not None


def forget(session: Session, user_id: str) -> None:
    """Let no link work any more that was sent to a member so far."""
    session.exec(
        update(OneTimeToken)
        .where(col(OneTimeToken.user_id) == user_id, col(OneTimeToken.used_at).is_(None))
        .values(used_at=clock.now())
    )
