"""Growing waits after failed sign-ins, counted in Redis."""

import time

from limits import parse
from limits.storage import RedisStorage
from limits.strategies import FixedWindowRateLimiter
from redis import RedisError

from ticketdesk.errors import TooMany, Unavailable
from ticketdesk.settings import settings

# Few quick mistakes cost a minute, many cost hours. Per address and per network address: one
# person forgetting is told apart from one machine trying everybody.
_PER_ACCOUNT = [parse(text) for text in ("5 per minute", "15 per hour", "40 per day")]
_PER_NETWORK = [parse(text) for text in ("30 per minute", "150 per hour")]

_limiters: dict[str, FixedWindowRateLimiter] = {}


def limiter() -> FixedWindowRateLimiter:
    """Return the process's limiter on Redis."""
    address = settings().redis_url or ""
    if address not in _limiters:
        _limiters[address] = FixedWindowRateLimiter(RedisStorage(address))
    return _limiters[address]


def _keys(email: str, ip_address: str | None) -> list[tuple]:
    keys = [(rule, ("sign-in", email)) for rule in _PER_ACCOUNT]
    if ip_address:
        keys += [(rule, ("sign-in-from", ip_address)) for rule in _PER_NETWORK]
    return keys


def require_open(email: str, ip_address: str | None) -> None:
    """Refuse a try while a wait is running.

    Raises:
        TooMany: `retry_after` says how many seconds are left.
        Unavailable: Redis does not answer; nobody may guess uncounted.
    """
    try:
        waits = [
            limiter().get_window_stats(rule, *key).reset_time
            for rule, key in _keys(email, ip_address)
            if not limiter().test(rule, *key)
        ]
    except RedisError as error:
        raise Unavailable("Sign-in is not possible right now. Try again shortly.") from error
    if waits:
        seconds = int(max(waits) - time.time()) + 1
        raise TooMany(
            f"Too many failed tries. Wait {_spoken(seconds)} and try again.",
            retry_after=seconds,
            code="locked_out",
        )


def count_failure(email: str, ip_address: str | None) -> None:
    """Count a failed try."""
    try:
        for rule, key in _keys(email, ip_address):
            limiter().hit(rule, *key)
    except RedisError as error:
        raise Unavailable("Sign-in is not possible right now. Try again shortly.") from error


def forget(email: str) -> None:
    """Forget the failed tries of an address after a successful sign-in."""
    try:
        for rule in _PER_ACCOUNT:
            limiter().clear(rule, "sign-in", email)
    except RedisError as error:
        raise Unavailable("Sign-in is not possible right now. Try again shortly.") from error


def _spoken(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds} seconds"
    return f"{seconds // 60} minutes" if seconds < 5400 else f"{seconds // 3600} hours"
