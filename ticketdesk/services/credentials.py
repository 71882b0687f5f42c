"""From a token to an actor: the look-up in front of every call."""

from datetime import timedelta

from sqlmodel import Session as DbSession
from sqlmodel import col, select, update

from ticketdesk import clock
from ticketdesk.actor import Actor, ActorKind
from ticketdesk.errors import Unauthenticated
from ticketdesk.models import ApiKey, Session, User
from ticketdesk.models.enums import ApiKeyScope, UserRole
from ticketdesk.services.secrets import token_hash

SESSION_PREFIX = "tds"
API_KEY_PREFIX = "tdk"

_SEEN_EVERY = timedelta(minutes=1)


def resolve(
    session: DbSession, *, session_token: str | None = None, bearer: str | None = None
) -> Actor:
    """Return whoever a token belongs to.

    Args:
        session: a session of the system role; the tenant is not known yet.
        session_token: the value of the browser's cookie.
        bearer: a session's token or an API key.

    Raises:
        Unauthenticated: no token, or one that is unknown, expired or revoked.
    """
    token = bearer or session_token
    if not token or len(token) > 200:
        raise Unauthenticated("Sign in first.")
    if bearer and bearer.startswith(f"{API_KEY_PREFIX}_"):
        return _key_holder(session, token)
    return _member(session, token)


def _member(session: DbSession, token: str) -> Actor:
    now = clock.now()
    found = session.exec(
        select(Session, User)
        .join(User, col(User.id) == Session.user_id)
        .where(
            Session.token_hash == token_hash(token),
            col(Session.revoked_at).is_(None),
            Session.expires_at > now,
            col(User.is_active),
        )
    ).first()
    if found is None:
        raise Unauthenticated("Your session has ended. Sign in again.")
    sign_in, user = found
    if now - sign_in.last_seen_at > _SEEN_EVERY:
        session.exec(update(Session).where(col(Session.id) == sign_in.id).values(last_seen_at=now))
        session.exec(update(User).where(col(User.id) == user.id).values(last_seen_at=now))
    return Actor(
        ActorKind.USER,
        user.organization_id,
        user.name,
        role=user.role,
        user_id=user.id,
        email=user.email,
        session_id=sign_in.id,
    )


def _key_holder(session: DbSession, token: str) -> Actor:
    now = clock.now()
    key = session.exec(
        select(ApiKey).where(ApiKey.key_hash == token_hash(token), col(ApiKey.revoked_at).is_(None))
    ).first()
    if key is None:
        raise Unauthenticated("This API key is unknown or revoked.")
    if key.last_used_at is None or now - key.last_used_at > _SEEN_EVERY:
        session.exec(update(ApiKey).where(col(ApiKey.id) == key.id).values(last_used_at=now))
    return Actor(
        ActorKind.API_KEY,
        key.organization_id,
        f"API key {key.name}",
        role=_role(key.scopes),
        scopes=frozenset(key.scopes),
        key_id=key.id,
    )


def _role(scopes: list[str]) -> UserRole | None:
    if ApiKeyScope.ADMIN in scopes:
        return UserRole.ADMIN
    if ApiKeyScope.WRITE in scopes or ApiKeyScope.READ in scopes:
        return UserRole.AGENT
    return None
