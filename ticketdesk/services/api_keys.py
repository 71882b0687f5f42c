"""API keys: made once, listed without their secret, revoked."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid, NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import ApiKey
from ticketdesk.models.enums import ApiKeyScope, UserRole
from ticketdesk.models.wire import Moment, View
from ticketdesk.services import audit
from ticketdesk.services.credentials import API_KEY_PREFIX
from ticketdesk.services.secrets import new_token, token_hash
from ticketdesk.services.text import clean_line


class ApiKeyView(View):
    """A key as its organization sees it."""

    id: str
    name: str
    prefix: str
    scopes: list[str]
    created_at: Moment
    last_used_at: Moment | None
    revoked_at: Moment | None


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """A fresh key; the token is shown this once."""

    token: str
    key: ApiKeyView


def create(session: Session, actor: Actor, *, name: str, scopes: list[str]) -> NewApiKey:
    """Make a key.

    Raises:
        Invalid: no scope, or one that does not exist.
    """
    actor.require(UserRole.ADMIN)
    known = [scope.value for scope in ApiKeyScope]
    if not scopes or any(scope not in known for scope in scopes):
        message = f"Choose from: {', '.join(known)}."
        raise Invalid(message, fields={"scopes": message})
    token = new_token(API_KEY_PREFIX)
    row = ApiKey(
        id=new_id("key"),
        organization_id=actor.organization_id,
        name=clean_line(name, "name", 100),
        prefix=token[:12],
        key_hash=token_hash(token),
        scopes=sorted(set(scopes)),
        created_by_id=actor.user_id,
    )
    session.add(row)
    audit.record(
        session,
        actor,
        "api_key.created",
        subject_id=row.id,
        subject_name=row.name,
        after={"scopes": row.scopes},
    )
    session.flush()
    return NewApiKey(token, ApiKeyView.model_validate(row))


def list_keys(session: Session, actor: Actor) -> list[ApiKeyView]:
    """Return the organization's keys, newest first."""
    actor.require(UserRole.ADMIN, writes=False)
    rows = session.exec(
        select(ApiKey)
        .where(ApiKey.organization_id == actor.organization_id)
        .order_by(col(ApiKey.created_at).desc())
        .limit(200)
    )
    return [ApiKeyView.model_validate(row) for row in rows]


def revoke(session: Session, actor: Actor, key_id: str) -> ApiKeyView:
    """Make a key useless at once.

    Raises:
        NotFound: there is no such key here.
    """
    actor.require(UserRole.ADMIN)
    row = session.exec(
        select(ApiKey).where(ApiKey.organization_id == actor.organization_id, ApiKey.id == key_id)
    ).first()
    if row is None:
        raise NotFound("There is no such API key.")
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        audit.record(session, actor, "api_key.revoked", subject_id=row.id, subject_name=row.name)
    session.add(row)
    session.flush()
    return ApiKeyView.model_validate(row)
