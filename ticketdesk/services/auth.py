"""Signing in and out."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session as DbSession
from sqlmodel import col, select, update

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import Unauthenticated, Unavailable
from ticketdesk.ids import new_id
from ticketdesk.models import Organization, Session, User
from ticketdesk.services import lockout, second_factor
from ticketdesk.services.credentials import SESSION_PREFIX
from ticketdesk.services.members import MemberView, member_view
from ticketdesk.services.sealing import seal, unseal
from ticketdesk.services.secrets import new_token, password_matches, token_hash

LASTS = timedelta(days=14)
_CHALLENGE_LASTS = timedelta(minutes=5)
_WRONG = "This address and password do not belong together."


@dataclass(frozen=True, slots=True)
class SignIn:
    """A fresh session: the token is shown this once."""

    token: str
    expires_in: int
    user: MemberView


def sign_in(
    session: DbSession,
    email: str,
    password: str,
    *,
    organization: str | None = None,
    code: str | None = None,
    ip_address: str | None = None,
    user_agent: str | None = None,
) -> SignIn:
    """Start a session for a member.

    One address may be a member of several organizations: the password decides, or `organization`
    (identifier or slug) when given. Unknown addresses take as long as wrong passwords.

    Args:
        session: a session of the system role.
        code: the second factor, for members who have one.

    Raises:
        Unauthenticated: the two do not belong together, the member is deactivated, or a second
            factor is missing (`second_factor_required`, with a challenge) or wrong.
        TooMany: too many failed tries for this address or from this network address.
    """
    address = str(email).strip().lower()[:254]
    lockout.require_open(address, ip_address)
    user = _matching(session, address, str(password), organization)
    if user is None:
        lockout.count_failure(address, ip_address)
        raise Unauthenticated(_WRONG, code="wrong_credentials")
    if code is None:
        require_no_second_step(session, user)
    elif second_factor.is_on(session, user.id):
        _require_code(session, user, code, ip_address)
    lockout.forget(address)
    return start_session(session, user, ip_address=ip_address, user_agent=user_agent)


def finish_sign_in(
    session: DbSession,
    challenge: str,
    code: str,
    *,
    ip_address: str | None = None,
    user_agent: str | None = None,
) -> SignIn:
    """Start the session of somebody whose password was right, with their second factor.

    Args:
        challenge: what `sign_in` gave with `second_factor_required`; works for five minutes.
        code: six digits of the app, or a recovery code.

    Raises:
        Unauthenticated: the challenge is too old or the code is wrong.
        TooMany: too many failed tries.
    """
    user = _challenged(session, challenge)
    lockout.require_open(user.email, ip_address)
    _require_code(session, user, code, ip_address)
    lockout.forget(user.email)
    return start_session(session, user, ip_address=ip_address, user_agent=user_agent)


def require_no_second_step(session: DbSession, user: User) -> None:
    """Let a member on who has no second factor.

    Raises:
        Unauthenticated: they have one (`second_factor_required`, with a challenge).
    """
    if second_factor.is_on(session, user.id):
        raise Unauthenticated(
            "Enter the code of your authenticator app.",
            code="second_factor_required",
            details={"challenge": _challenge(user)},
        )


def start_session(
    session: DbSession, user: User, *, ip_address: str | None, user_agent: str | None
) -> SignIn:
    """Start a session for a member who has proved who they are."""
    now = clock.now()
    token = new_token(SESSION_PREFIX)
    session.add(
        Session(
            id=new_id("session"),
            organization_id=user.organization_id,
            user_id=user.id,
            token_hash=token_hash(token),
            expires_at=now + LASTS,
            last_seen_at=now,
            ip_address=ip_address,
            user_agent=(user_agent or "")[:400] or None,
        )
    )
    session.flush()
    return SignIn(token, int(LASTS.total_seconds()), member_view(user))


def _require_code(session: DbSession, user: User, code: str, ip_address: str | None) -> None:
    if second_factor.accepts(session, user.id, code):
        return
    lockout.count_failure(user.email, ip_address)
    raise Unauthenticated("This code is wrong or too old.", code="wrong_code")


def _challenge(user: User) -> str:
    until = int((clock.now() + _CHALLENGE_LASTS).timestamp())
    return seal(f"{user.id}:{until}:{_password_mark(user)}")


def _password_mark(user: User) -> str:
    """What changes with the password: half a sign-in is over once another password is chosen."""
    return token_hash(user.password_hash or "")[:16]


def _challenged(session: DbSession, challenge: str) -> User:
    over = Unauthenticated("This took too long. Sign in again.", code="challenge_over")
    try:
        user_id, until, mark = unseal(challenge).split(":")
        lasts = int(until) >= clock.now().timestamp()
    except (Unavailable, ValueError) as error:
        raise over from error
    user = session.get(User, user_id) if lasts else None
    if user is None or not user.is_active or mark != _password_mark(user):
        raise over
    return user


def sign_out(session: DbSession, actor: Actor) -> None:
    """End the session that the caller uses."""
    if actor.session_id:
        session.exec(
            update(Session)
            .where(col(Session.id) == actor.session_id)
            .values(revoked_at=clock.now())
        )


def revoke_all(session: DbSession, user_id: str) -> int:
    """End every session of a member and return how many there were."""
    ended = session.exec(
        update(Session)
        .where(col(Session.user_id) == user_id, col(Session.revoked_at).is_(None))
        .values(revoked_at=clock.now())
    )
    return ended.rowcount


def _matching(
    session: DbSession, email: str, password: str, organization: str | None
) -> User | None:
    # What cannot be written down here is nobody's address, and takes as long.
    known = email if email.isprintable() else ""
    query = select(User).where(User.email == known, col(User.is_active))
    if organization and organization.isprintable():
        query = query.join(Organization, col(Organization.id) == User.organization_id).where(
            (col(Organization.id) == organization) | (col(Organization.slug) == organization)
        )
    users = session.exec(query.order_by(col(User.created_at)).limit(5)).all()
    matches = [user for user in users if password_matches(user.password_hash, password)]
    if not users:
        password_matches(None, password)
    return matches[0] if matches else None
