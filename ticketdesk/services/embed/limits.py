"""How much may come in by the public doors, counted in Redis by address, mail, organization."""

import ipaddress
import time

from limits import RateLimitItem, parse
from limits.storage import RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis import RedisError

from ticketdesk.errors import TooMany, Unavailable
from ticketdesk.settings import settings

_Rules = tuple[RateLimitItem, ...]


def _rules(*texts: str) -> _Rules:
    return tuple(parse(text) for text in texts)


# An office behind one address sends a few a minute; a person at most some dozen a day. The
# organization's own limit is what its agents could ever read.
SUBMIT_FROM = _rules("20 per minute", "200 per hour")
SUBMIT_BY = _rules("20 per hour", "60 per day")
SUBMIT_TO = _rules("300 per minute", "5000 per hour")
UPLOAD_FROM = _rules("60 per minute", "400 per hour")
UPLOAD_TO = _rules("600 per minute", "5000 per hour")
# What waits for a ticket lies on the disk for a day; so bytes are counted, too, in megabytes.
_MEGABYTES_FROM = parse("300 per hour")
_MEGABYTE = 1_000_000
LOOK_UP_FROM = _rules("60 per minute", "600 per hour")
ANSWER_FROM = _rules("20 per minute", "120 per hour")
PORTAL_FROM = _rules("20 per minute", "100 per hour")
PORTAL_LINK_BY = _rules("5 per hour")
LOST_LINK_FROM = _rules("5 per minute", "20 per hour")
LOST_LINK_BY = _rules(
    "3 per hour",
)
EVENTS_FROM = _rules(
    "120 per minute",
)
CHALLENGE_FROM = _rules("60 per minute", "600 per hour")

# From these rates on a form in mode `auto` asks for a proof of work.
CALM_FROM = parse("10 per minute")
CALM_TO = parse("60 per minute")

_limiters: dict[str, MovingWindowRateLimiter] = {}


def limiter() -> MovingWindowRateLimiter:
    """Return the process's limiter on Redis."""
    address = settings().redis_url or ""
    if address not in _limiters:
        storage = RedisStorage(address, key_prefix="door")
        _limiters[address] = MovingWindowRateLimiter(storage)
    return _limiters[address]


def sender(address: str) -> str:
    """Return what is counted as one sender: of IPv6 the /64, which one household or server owns.

    Args:
        address: a network address; anything else (a mail address, an identifier) stands for itself.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return address
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network((ip.packed[:8] + bytes(8), 64)))


def admit(*checks: tuple[_Rules, str, str]) -> None:
    """Count one arrival against several limits, up to the first that holds.

    Name the sender's limits first and the receiver's last: what one sender has too much of must
    not use up what all others share.

    Args:
        checks: rules, what is limited (such as `submit-from`), and whose (address, mail, id).

    Raises:
        TooMany: `retry_after` says when there is room again.
        Unavailable: Redis does not answer; nobody may pass uncounted.
    """
    try:
        for rules, what, whose in checks:
            key = (what, sender(whose))
            for rule in rules:
                if not limiter().hit(rule, *key):
                    wait = limiter().get_window_stats(rule, *key).reset_time - time.time()
                    message = "Too many at once. Please try again later."
                    raise TooMany(message, retry_after=int(wait) + 1)
    except RedisError as error:
        raise Unavailable("We cannot take this at the moment. Please try again soon.") from error


def admit_bytes(address: str, size: int) -> None:
    """Count the bytes of an upload against what one address may leave with us in an hour.

    Raises:
        TooMany: `retry_after` says when there is room again.
        Unavailable: Redis does not answer.
    """
    megabytes = size // _MEGABYTE + 1
    try:
        key = ("megabytes-from", sender(address))
        if limiter().hit(_MEGABYTES_FROM, *key, cost=megabytes):
            return
        wait = limiter().get_window_stats(_MEGABYTES_FROM, *key).reset_time
    except RedisError as error:
        raise Unavailable("We cannot take this at the moment. Please try again soon.") from error
    message = "Too many files at once. Please try again later."
    raise TooMany(message, retry_after=int(wait - time.time()) + 1)


class Meter:
    """Counts the bytes of one upload as they come.

    Args:
        address: the client's network address.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._uncounted = 0

    def count(self, size: int) -> None:
        """Count bytes; the limit is asked once a megabyte.

        Raises:
            TooMany, Unavailable: as `admit_bytes`.
        """
        self._uncounted += size
        if self._uncounted >= _MEGABYTE:
            megabytes, self._uncounted = divmod(self._uncounted, _MEGABYTE)
            admit_bytes(self._address, (megabytes - 1) * _MEGABYTE)


def is_calm(organization_id: str, address: str) -> bool:
    """Count an arrival and say whether both its sender and the organization see few of them."""
    try:
        from_here = limiter().hit(CALM_FROM, "calm-from", sender(address))
        to_there = limiter().hit(CALM_TO, "calm-to", organization_id)
    except RedisError as error:
        raise Unavailable("We cannot take this at the moment. Please try again soon.") from error
    return from_here and to_there
