"""A generous limit per caller, so that a runaway script cannot slow the desk for everybody."""

import time
from functools import lru_cache

import structlog
from limits import RateLimitItem, parse
from limits.storage import RedisStorage
from limits.strategies import FixedWindowRateLimiter
from redis import RedisError

from ticketdesk.actor import Actor
from ticketdesk.errors import TooMany
from ticketdesk.settings import settings

PER_CALLER: RateLimitItem = parse("1200 per minute")

log = structlog.get_logger(__name__)


@lru_cache(maxsize=4)
def _limiter(address: str) -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(RedisStorage(address, socket_timeout=1, socket_connect_timeout=1))


def count(actor: Actor) -> None:
    """Count a request of a caller.

    While Redis is away nobody is counted: tickets matter more than this limit.

    Raises:
        TooMany: the window is full; `retry_after` says when it empties.
    """
    whose = ("api", actor.organization_id, actor.user_id or actor.key_id or actor.name)
    try:
        limiter = _limiter(settings().redis_url or "")
        if limiter.hit(PER_CALLER, *whose):
            return
        empties_at = limiter.get_window_stats(PER_CALLER, *whose).reset_time
    except RedisError as error:
        log.warning("rate_limit_unavailable", error=str(error))
        return
    raise TooMany(
        f"More than {PER_CALLER.amount:,} requests in a minute. Slow down.",
        retry_after=int(empties_at - time.time()) + 1,
    )
