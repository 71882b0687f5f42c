"""Server-sent events of one tracking page: a bare "changed", for what its reader may see."""

import asyncio
from collections.abc import AsyncIterator

import structlog
from redis import RedisError
from redis.asyncio import Redis
from starlette.responses import StreamingResponse

from ticketdesk import unit_of_work
from ticketdesk.errors import TicketDeskError
from ticketdesk.services.embed import tracking
from ticketdesk.settings import settings

_HEARTBEAT = 20.0  # seconds; proxies cut lines that stay silent
_LASTS = 3600.0  # seconds; the browser connects again by itself
_MOST_OPEN = 500

log = structlog.get_logger(__name__)
_open = 0


def stream(organization_id: str, ticket_id: str) -> StreamingResponse:
    """Return the stream of one page; a process holds at most 500, the page then reads by hand."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    if _open >= _MOST_OPEN:
        return StreamingResponse(iter(()), status_code=503, headers=headers | {"Retry-After": "60"})
    lines = _lines(organization_id, ticket_id)
    return StreamingResponse(lines, media_type="text/event-stream", headers=headers)


async def _lines(organization_id: str, ticket_id: str) -> AsyncIterator[str]:
    global _open
    _open += 1
    client = Redis.from_url(settings().redis_url or "")
    try:
        async with client.pubsub() as heard:
            seen = await _digest(organization_id, ticket_id)
            await heard.subscribe(f"ticket:{seen[1]}")
            yield "retry: 3000\n\n"
            ends_at = asyncio.get_running_loop().time() + _LASTS
            while asyncio.get_running_loop().time() < ends_at:
                notice = await heard.get_message(ignore_subscribe_messages=True, timeout=_HEARTBEAT)
                if notice is None:
                    yield ": still here\n\n"
                    continue
                # An internal note moves nothing the reader may see: then nothing is said.
                now = await _digest(organization_id, ticket_id)
                if now != seen:
                    seen = now
                    yield "event: changed\ndata: {}\n\n"
    except (RedisError, TicketDeskError) as error:
        log.info("tracking_stream_ended", reason=str(error))
    finally:
        _open -= 1
        await client.aclose()


async def _digest(organization_id: str, ticket_id: str) -> tuple[str, str]:
    """What the reader sees, in short, and the ticket it is of."""
    ticket = await asyncio.to_thread(
        unit_of_work.as_anonymous, organization_id, tracking.read, ticket_id
    )
    return ticket.digest, ticket.ticket_id
