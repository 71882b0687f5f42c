"""`/api/events`: what happens in an organization, as server-sent events (HTML standard, 9.2)."""

import json
import re
from collections import Counter
from collections.abc import AsyncIterator
from typing import Annotated, Any

import anyio
import redis.asyncio
import structlog
from fastapi import Header, Request
from fastapi.concurrency import run_in_threadpool
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response, StreamingResponse

from ticketdesk.api.answers import reading
from ticketdesk.api.caller import Caller, SignedIn
from ticketdesk.api.routing import router
from ticketdesk.errors import TicketDeskError, TooMany
from ticketdesk.models.enums import UserRole
from ticketdesk.settings import settings

routes = router("Events")

BEAT = 10.0
"""Seconds of silence after which a comment shows that the line still stands."""
CHECKED_EVERY = 15.0
"""Seconds after which the caller's session or key is looked at again."""
MOST = 20
"""Open streams per caller and process."""

EVENT = {
    "type": "object",
    "description": "One event of the stream.",
    "properties": {
        "id": {"type": "string", "description": "For `Last-Event-ID`; `end` has none."},
        "event": {"type": "string"},
        "data": {"type": "string", "description": "A JSON object."},
        "retry": {"type": "integer"},
    },
    "required": ["event", "data"],
}

_ID = re.compile(r"(\d{1,20})-(\d{1,20})")

_open: Counter[str] = Counter()

log = structlog.get_logger(__name__)


@routes.get(
    "/api/events",
    response_class=StreamingResponse,
    summary="Follow what happens",
    responses={
        **reading(),
        200: {
            "description": "Server-sent events without end. `ready` comes first; after `reset` the"
            " events since `Last-Event-ID` are not known any more and everything should be read"
            " again; `end` closes the stream of a revoked session.",
            "content": {
                "text/event-stream": {
                    "schema": EVENT,
                    "example": "id: 1762079400000-0\nevent: ticket:created\n"
                    'data: {"type":"ticket:created","organizationId":"org_…","ticketId":"ticket_…",'
                    '"changed":["priority","status"]}\n\n',
                }
            },
        },
    },
)
async def follow_events(
    request: Request,
    caller: SignedIn,
    last_event_id: Annotated[
        str | None,
        Header(
            alias="Last-Event-ID", max_length=100, description="Where an earlier stream broke off."
        ),
    ] = None,
) -> Response:
    """Tell staff of every change as it is committed: identifiers and field names, never content."""
    caller.actor.require(UserRole.AGENT, writes=False)
    whose = caller.actor.user_id or caller.actor.key_id or caller.actor.name
    if _open[whose] >= MOST:
        raise TooMany(f"At most {MOST} streams at a time.", retry_after=30)
    client = redis.asyncio.from_url(
        settings().redis_url or "",
        decode_responses=True,
        socket_connect_timeout=2,
        socket_timeout=BEAT + 10,
    )
    try:
        place, known = await _start(client, _stream_of(caller), last_event_id)
    except BaseException:
        await client.aclose()
        raise
    return StreamingResponse(
        _follow(client, caller, whose, place, "ready" if known else "reset"),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _stream_of(caller: Caller) -> str:
    return f"events:{caller.actor.organization_id}"


async def _start(client: Any, stream: str, last_event_id: str | None) -> tuple[str, bool]:
    """Return where to begin, and whether nothing is missing since the given place."""
    newest = await client.xrevrange(stream, count=1)
    newest_id = newest[0][0] if newest else "0-0"
    if last_event_id is None:
        return newest_id, True
    wanted = _ID.fullmatch(last_event_id.strip())
    oldest = await client.xrange(stream, count=1)
    if not wanted or not oldest:
        return newest_id, False
    known = _order(oldest[0][0]) <= _order(wanted.group(0)) <= _order(newest_id)
    return (wanted.group(0), True) if known else (newest_id, False)


def _order(stream_id: str) -> tuple[int, int]:
    milliseconds, _, sequence = stream_id.partition("-")
    return int(milliseconds), int(sequence)


async def _follow(
    client: Any, caller: Caller, whose: str, place: str, first: str
) -> AsyncIterator[str]:
    stream = _stream_of(caller)
    checked = anyio.current_time()
    _open[whose] += 1
    try:
        yield "retry: 3000\n\n" + _event(first, place, {})
        while True:
            found = await client.xread({stream: place}, count=100, block=int(BEAT * 1000))
            for _, entries in found or ():
                for place, fields in entries:
                    facts = json.loads(fields["event"])
                    yield _event(facts["type"], place, {"id": place, **facts})
            if not found:
                yield ": still here\n\n"
            if anyio.current_time() - checked >= CHECKED_EVERY:
                await run_in_threadpool(_require_still_staff, caller)
                checked = anyio.current_time()
    except TicketDeskError as error:
        yield _event("end", None, {"code": error.code, "message": error.message})
    except (RedisError, SQLAlchemyError) as error:
        # The client comes back by itself and goes on from its last identifier.
        log.warning("event_stream_broken", error=str(error))
    finally:
        _open[whose] -= 1
        with anyio.CancelScope(shield=True):
            await client.aclose()


def _require_still_staff(caller: Caller) -> None:
    caller.again().actor.require(UserRole.AGENT, writes=False)


def _event(kind: str, event_id: str | None, facts: dict[str, Any]) -> str:
    where = f"id: {event_id}\n" if event_id else ""
    return f"{where}event: {kind}\ndata: {json.dumps(facts, separators=(',', ':'))}\n\n"
