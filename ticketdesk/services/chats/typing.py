"""Who is writing in a chat just now; kept in Redis for as long as it is true."""

import json
import time

import structlog
from redis.exceptions import RedisError

from ticketdesk import publisher
from ticketdesk.models import Chat

TTL = 6
"""Seconds after which somebody who says nothing more has stopped."""
VISITOR = "visitor"

log = structlog.get_logger(__name__)


def tell(chat: Chat, who: str, name: str, *, typing: bool) -> None:
    """Say that somebody writes, or has stopped; repeated well within `TTL` while it lasts.

    Args:
        who: the agent's user id, or `VISITOR`.
        name: as the other side reads it.
    """
    key = _key(chat.id)
    try:
        redis = publisher.connection()
        if typing:
            redis.hset(key, who, json.dumps({"name": name, "until": time.time() + TTL}))
            redis.expire(key, TTL * 2)
        elif not redis.hdel(key, who):
            return
        body = {
            "type": "presence:typing",
            "organizationId": chat.organization_id,
            "chatId": chat.id,
        }
        redis.publish(channel(chat.id), json.dumps(body))
    except RedisError as error:
        log.warning("typing_away", error=str(error))


def names(chat_id: str, *, besides: str) -> list[str]:
    """Return who else writes, by name; nobody when Redis is away."""
    try:
        entries: dict[bytes, bytes] = publisher.connection().hgetall(_key(chat_id))  # type: ignore[assignment]
    except RedisError as error:
        log.warning("typing_away", error=str(error))
        return []
    people = {who.decode(): json.loads(word) for who, word in entries.items()}
    now = time.time()
    return sorted(
        str(one["name"]) for who, one in people.items() if who != besides and one["until"] >= now
    )


def channel(chat_id: str) -> str:
    """Return the Redis channel on which changes of this are told."""
    return f"presence:{chat_id}"


def _key(chat_id: str) -> str:
    return f"presence:typing:{chat_id}"
