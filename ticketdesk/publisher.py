"""Publishes what a committed transaction collected and wakes the workers.

Redis may be away: the change is committed all the same, pages re-read when they reconnect, and the
sweeper wakes the workers later. So a failure here is logged and never reaches the caller.
"""

import json
from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from typing import Any

import redis
import structlog
from rq import Queue
from rq.serializers import JSONSerializer

from ticketdesk.realtime_events import RealtimeEvent
from ticketdesk.settings import settings

QUEUE = "outbox"
DRAIN = "ticketdesk.jobs.drain.drain"
STREAM_LENGTH = 10_000

log = structlog.get_logger(__name__)


@lru_cache(maxsize=1)
def connection() -> redis.Redis:
    """Return the process's Redis client, with short timeouts."""
    address = settings().redis_url
    if not address:
        raise RuntimeError("REDIS_URL is not set and the embedded Redis is not running")
    return redis.Redis.from_url(
        address, socket_timeout=5, socket_connect_timeout=2, health_check_interval=30
    )


def publish(events: Iterable[RealtimeEvent]) -> None:
    """Send notices on their channels and append them to the organization's stream.

    The stream `events:{organizationId}` gives server-sent events their resumable identifiers.
    """
    notices = list(events)
    if not notices:
        return
    try:
        appended = _append(notices)
        pipe = connection().pipeline(transaction=False)
        for event, stream_id in zip(notices, appended, strict=True):
            body = json.dumps({"id": stream_id, **event.body()})
            for channel in event.channels:
                pipe.publish(channel, body)
        pipe.execute()
    except redis.RedisError as error:
        log.warning("publish_failed", error=str(error), notices=len(notices))


def _append(notices: list[RealtimeEvent]) -> list[str]:
    pipe = connection().pipeline(transaction=False)
    for event in notices:
        pipe.xadd(
            f"events:{event.organization_id}",
            {"event": json.dumps(event.body())},
            maxlen=STREAM_LENGTH,
            approximate=True,
        )
    return [stream_id.decode() for stream_id in pipe.execute()]


def kick(subscribers: dict[str, timedelta]) -> None:
    """Queue one drain job per subscriber, at once or after its delay."""
    if not subscribers:
        return
    try:
        queue = Queue(QUEUE, connection=connection(), serializer=JSONSerializer)
        for subscriber, delay in subscribers.items():
            options: dict[str, Any] = {"result_ttl": 0, "failure_ttl": 3600, "job_timeout": 300}
            if delay > timedelta(0):
                # Scheduled jobs can fire half a second early, and the row would not be due yet.
                later = delay + timedelta(seconds=1)
                queue.enqueue_in(later, DRAIN, subscriber, **options)
            else:
                queue.enqueue(DRAIN, subscriber, **options)
    except redis.RedisError as error:
        log.warning("kick_failed", error=str(error), subscribers=sorted(subscribers))
