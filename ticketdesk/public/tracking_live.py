"""Server-sent events of a ticket's public page: a bare "changed", for what its reader may see."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import structlog
from redis import RedisError
from redis.asyncio import Redis
from starlette.responses import StreamingResponse

from ticketdesk import unit_of_work
from ticketdesk.errors import TicketDeskError
from ticketdesk.services.embed import tracking
from ticketdesk.services.embed.limits import sender
from ticketdesk.services.embed.tracking import TrackedTicket
from ticketdesk.settings import settings

Read = Callable[[], TrackedTicket]

_HEARTBEAT = 20.0  # seconds; proxies cut lines that stay silent
_CHANGED = "event: changed\ndata: {}\n\n"
_LASTS = 3600.0  # seconds; the browser connects again by itself
MOST_OPEN = 500
MOST_FROM = 20
"""Open streams of one process, and of one sender in it."""

log = structlog.get_logger(__name__)
_open: Counter[str] = Counter()


def stream(
    organization_id: str, ticket_id: str, *, address: str, seen: str = ""
) -> StreamingResponse:
    """Return the stream of one tracking page; see `stream_of`."""
    read = partial(unit_of_work.as_anonymous, organization_id, tracking.read, ticket_id)
    return stream_of(read, address=address, seen=seen)


def stream_of(read: Read, *, address: str, seen: str = "") -> StreamingResponse:
    """Return the stream of one page; where there is no room, the page shows news when reloaded.

    Args:
        read: reads what the page shows; it may refuse, and then the stream ends.
        address: the reader's network address.
        seen: the digest of what the page shows, so that nothing is missed between its reading and
            its listening; "" for what stands there now.
    """
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    who = sender(address)
    if _open.total() >= MOST_OPEN or _open[who] >= MOST_FROM:
        return StreamingResponse(iter(()), status_code=503, headers=headers | {"Retry-After": "60"})
    lines = _lines(read, who, seen)
    return StreamingResponse(lines, media_type="text/event-stream", headers=headers)


async def _lines(read: Read, who: str, seen: str) -> AsyncIterator[str]:
    _open[who] += 1
    client = Redis.from_url(settings().redis_url or "")
    try:
        async with client.pubsub() as heard:
            _, shown_id = await _digest(read)
            await heard.subscribe(f"ticket:{shown_id}")
            yield "retry: 3000\n\n"
            # Read after listening began: what came in between is told as well.
            now, _ = await _digest(read)
            if seen and now != seen:
                yield _CHANGED
            async for line in _follow(heard, read, now):
                yield line
    except (RedisError, TicketDeskError) as error:
        log.info("tracking_stream_ended", reason=str(error))
    finally:
        _open[who] -= 1
        if not _open[who]:
            del _open[who]
        await client.aclose()


async def _follow(heard: Any, read: Read, seen: str) -> AsyncIterator[str]:
    ends_at = asyncio.get_running_loop().time() + _LASTS
    while asyncio.get_running_loop().time() < ends_at:
        notice = await heard.get_message(ignore_subscribe_messages=True, timeout=_HEARTBEAT)
        if notice is None:
            yield ": still here\n\n"
            continue
        now, shown_id = await _digest(read)
        if now == seen:
            # An internal note moves nothing the reader may see: then nothing is said.
            continue
        seen, channel = now, f"ticket:{shown_id}"
        if channel.encode() not in heard.channels:
            # Merged into another ticket meanwhile: its news are this reader's as well.
            await heard.subscribe(channel)
        yield _CHANGED


async def _digest(read: Read) -> tuple[str, str]:
    """What the reader sees, in short, and the ticket it is of."""
    ticket = await asyncio.to_thread(read)
    return ticket.digest, ticket.ticket_id
