"""Figures kept in Redis for as long as they are true, or cost too much to ask for again."""

import json
import time
from collections.abc import Callable
from typing import Any

import structlog
from redis import RedisError

from ticketdesk.publisher import connection

# After a change figures are asked for again, unless that takes long: then they may cost a twentieth
# of the time at most and be half a minute old. Without a change they last a minute, because time
# itself moves them.
_LONG = 0.5
_SHARE = 20
_OLDEST_CHANGED = 30.0
_OLDEST = 60.0

log = structlog.get_logger(__name__)


def kept(organization_id: str, name: str, compute: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return figures from Redis, or compute and keep them; without Redis they are computed.

    Args:
        name: which figures, arguments included.
        compute: returns JSON values.
    """
    key = f"figures:{organization_id}:{name}"
    try:
        known, newest = _look(key, f"events:{organization_id}")
    except RedisError as error:
        log.warning("figures_cache_unavailable", error=str(error))
        return compute()
    if known and _still_good(known, newest):
        return known["figures"]
    began = time.monotonic()
    figures = compute()
    entry = {
        "figures": figures,
        "newest": newest,
        "at": time.time(),
        "took": time.monotonic() - began,
    }
    try:
        connection().set(key, json.dumps(entry), ex=int(_OLDEST))
    except RedisError as error:
        log.warning("figures_cache_unavailable", error=str(error))
    return figures


def _look(key: str, stream: str) -> tuple[dict[str, Any] | None, str]:
    """Return what is kept, and the identifier of the organization's newest event."""
    pipe = connection().pipeline(transaction=False)
    pipe.get(key)
    pipe.xrevrange(stream, count=1)
    found, last = pipe.execute()
    return json.loads(found) if found else None, last[0][0].decode() if last else ""


def _still_good(entry: dict[str, Any], newest: str) -> bool:
    age = time.time() - entry["at"]
    if entry["newest"] == newest:
        return 0 <= age < _OLDEST
    return entry["took"] > _LONG and 0 <= age < min(entry["took"] * _SHARE, _OLDEST_CHANGED)
