"""The same key and body give the same answer for 24 hours (contract.md, REST)."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Invalid
from ticketdesk.ids import new_id
from ticketdesk.models import IdempotencyKey

KEPT = timedelta(hours=24)
# The form sends 128 bits as 32 digits, which stay good when a phone changes its network.
_UNGUESSABLE = 32


def once(
    session: Session,
    actor: Actor,
    key: str | None,
    scope: str,
    body: Any,
    run: Callable[[], dict[str, Any]],
) -> dict[str, Any]:
    """Run a create once per key and give every repeat the first answer.

    The key's row is written first: a second caller with the same key waits for the first one's
    transaction and then reads its answer.

    Args:
        key: the `Idempotency-Key` header; None runs without one.
        scope: the route, such as `POST /api/tickets`; keys of different callers never meet.
        body: the request as JSON values.
        run: does it and returns the JSON answer.

    Raises:
        Invalid: the key is longer than 255 characters.
        Conflict: the key was used with another body.
    """
    if key is None:
        return run()
    if not 1 <= len(key) <= 255 or not key.isprintable():
        raise Invalid("An Idempotency-Key has 1 to 255 printable characters.")
    caller = f"{actor.user_id or actor.key_id or actor.name}:{scope}"
    fingerprint = hashlib.sha256(
        json.dumps(body, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
    ).hexdigest()
    claimed = _claim(session, actor, caller, key, fingerprint)
    if claimed is None:
        return _earlier_answer(session, actor, caller, key, fingerprint)
    answer = run()
    row = session.get_one(IdempotencyKey, claimed)
    # As text: the column's own form would not keep the order of the keys.
    row.answer = {"json": json.dumps(answer)}
    session.add(row)
    session.flush()
    return answer


def of_visitor(key: str | None, address: str) -> str | None:
    """Return the key of somebody who has no account: one that could be guessed is their address's.

    All visitors are one caller: with another visitor's key and content one would get their answer.
    """
    # With a blank it could spell out somebody else's.
    is_own = bool(key) and len(key or "") >= _UNGUESSABLE and " " not in (key or "")
    return key if is_own or not key else f"{key} {address}"


def _claim(session: Session, actor: Actor, caller: str, key: str, fingerprint: str) -> str | None:
    """The identifier of the key's new row; None where somebody has it, who then has finished."""
    now = clock.now()
    session.exec(
        delete(IdempotencyKey).where(
            col(IdempotencyKey.scope) == caller,
            col(IdempotencyKey.key) == key,
            col(IdempotencyKey.created_at) < now - KEPT,
        )
    )
    return session.exec(
        insert(IdempotencyKey)
        .values(
            id=new_id("idem"),
            created_at=now,
            organization_id=actor.organization_id,
            scope=caller,
            key=key,
            fingerprint=fingerprint,
        )
        .on_conflict_do_nothing(index_elements=["organization_id", "scope", "key"])
        .returning(IdempotencyKey.id)
    ).scalar_one_or_none()


def _earlier_answer(
    session: Session, actor: Actor, caller: str, key: str, fingerprint: str
) -> dict[str, Any]:
    row = session.exec(
        select(IdempotencyKey).where(
            IdempotencyKey.organization_id == actor.organization_id,
            IdempotencyKey.scope == caller,
            IdempotencyKey.key == key,
        )
    ).one()
    if row.fingerprint != fingerprint or row.answer is None:
        raise Conflict(
            "This Idempotency-Key was used with another body.", code="idempotency_key_reused"
        )
    return json.loads(row.answer["json"])


def forget_old(session: Session) -> int:
    """Delete keys older than a day (system role); return how many."""
    gone = session.exec(
        delete(IdempotencyKey).where(col(IdempotencyKey.created_at) < clock.now() - KEPT)
    )
    return gone.rowcount
