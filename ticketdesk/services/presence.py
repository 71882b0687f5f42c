"""Who looks at a ticket just now, and who writes (contract.md: "Linus is viewing")."""

import json
import time

import structlog
from redis.exceptions import RedisError
from sqlmodel import Session

from ticketdesk import publisher
from ticketdesk.actor import Actor
from ticketdesk.models.enums import UserRole
from ticketdesk.services.tickets import access, read

EVERY = 4
"""Seconds between two words of somebody that they are still here, and between two looks."""

TTL = 11
"""Seconds after which somebody who says nothing more is gone.

Others see that at their next look, so a browser that vanished is gone for everybody within 15 s;
two words may be lost on the way before somebody who is here seems gone.
"""

log = structlog.get_logger(__name__)


def here(
    session: Session, actor: Actor, reference: str, *, typing: bool
) -> list[dict[str, object]]:
    """Say that the caller is at a ticket and has seen it up to now; return the others who are.

    Everybody repeats this every `EVERY` seconds; what changed is published on
    `presence:{ticketId}`.

    Returns:
        {name, typing} of each other person, by name. Nobody, when Redis is away.
    """
    actor.require(UserRole.AGENT, writes=False)
    ticket = access.find(session, actor, reference)
    read.mark_read(session, actor, ticket.id)
    key, now = f"presence:at:{ticket.id}", time.time()
    try:
        redis = publisher.connection()
        known = redis.hget(key, actor.user_id or "")
        word = json.dumps({"name": actor.name, "typing": typing, "until": now + TTL})
        redis.hset(key, actor.user_id or "", word)
        redis.expire(key, TTL)
        before = json.loads(known) if known else None
        if before is None or before["typing"] != typing or before["until"] < now:
            _publish(actor, ticket.id)
        return _others(redis.hgetall(key), actor, now)
    except RedisError as error:
        log.warning("presence_away", error=str(error))
        return []


def gone(session: Session, actor: Actor, reference: str) -> None:
    """Say that the caller has left a ticket."""
    actor.require(UserRole.AGENT, writes=False)
    ticket = access.find(session, actor, reference)
    read.mark_read(session, actor, ticket.id)
    try:
        if publisher.connection().hdel(f"presence:at:{ticket.id}", actor.user_id or ""):
            _publish(actor, ticket.id)
    except RedisError as error:
        log.warning("presence_away", error=str(error))


def _publish(actor: Actor, ticket_id: str) -> None:
    body = {
        "type": "presence:changed",
        "organizationId": actor.organization_id,
        "ticketId": ticket_id,
    }
    publisher.connection().publish(f"presence:{ticket_id}", json.dumps(body))


def _others(entries: dict[bytes, bytes], actor: Actor, now: float) -> list[dict[str, object]]:
    people = [json.loads(word) for user, word in entries.items() if user.decode() != actor.user_id]
    return sorted(
        (
            {"name": person["name"], "typing": person["typing"]}
            for person in people
            if person["until"] >= now
        ),
        key=lambda person: str(person["name"]),
    )
