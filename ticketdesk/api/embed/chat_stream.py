"""Server-sent events of one visitor's chat: what comes is read from the database, never from Redis.

Redis only says that something happened. So a message is sent once and in order whatever breaks:
the visitor names the last one they have, and gets those after it.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import structlog
from redis import RedisError
from redis.asyncio import Redis
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import StreamingResponse

from ticketdesk import unit_of_work
from ticketdesk.api.embed import room
from ticketdesk.errors import TooMany, Unauthenticated
from ticketdesk.services.chats import typing
from ticketdesk.services.chats.visitor import reading
from ticketdesk.services.chats.visitor import token as tokens
from ticketdesk.services.chats.visitor.views import VisitorMessage
from ticketdesk.settings import settings

BEAT = 15.0
"""Seconds of silence after which the state is looked at again and a sign of life is sent."""
MOST = 500
MOST_FROM = 20
"""Open streams of one process, and of one address in it; others ask from time to time."""
_LASTS = 3600.0  # seconds; the browser connects again by itself

log = structlog.get_logger(__name__)
_open: Counter[str] = Counter()


def stream(token: str, address: str, after: str) -> StreamingResponse:
    """Return the stream of one conversation, from the message after `after` on.

    Raises:
        TooMany: no room; the page then reads by hand.
    """
    if _open.total() >= MOST or _open[address] >= MOST_FROM:
        raise TooMany("Too many open at once.", retry_after=60)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    lines = Visit(token, after).lines(address)
    return StreamingResponse(lines, media_type="text/event-stream", headers=headers)


class Visit:
    """One open stream: what its visitor has been told so far."""

    def __init__(self, token: str, after: str) -> None:
        proven = tokens.read(token)
        self._token = token
        self._organization_id = proven.organization_id
        self._chat_id = proven.chat_id
        self._after = after
        self._facts: dict[str, Any] = {}
        self._writers: list[str] = []

    async def lines(self, address: str) -> AsyncIterator[str]:
        """Yield events until the visitor goes or an hour is over."""
        _open[address] += 1
        client = Redis.from_url(settings().redis_url or "")
        try:
            async with client.pubsub() as heard:
                # First listen, then read: what comes in between is told twice and sent once.
                await heard.subscribe(f"chat:{self._chat_id}", typing.channel(self._chat_id))
                yield "retry: 3000\n\n"
                async for line in self._follow(heard):
                    yield line
        except Unauthenticated:
            yield _event("over", {})
        except (RedisError, SQLAlchemyError) as error:
            # The browser comes back by itself and goes on from its last message.
            log.info("chat_stream_ended", reason=str(error))
        finally:
            _open[address] -= 1
            if not _open[address]:
                del _open[address]
            await client.aclose()

    async def _follow(self, heard: Any) -> AsyncIterator[str]:
        for line in [*await self._news(""), *await self._typing()]:
            yield line
        ends_at = asyncio.get_running_loop().time() + _LASTS
        while asyncio.get_running_loop().time() < ends_at:
            notice = await heard.get_message(ignore_subscribe_messages=True, timeout=BEAT)
            told = json.loads(notice["data"]) if notice else {}
            if told.get("type") == "presence:typing":
                lines = await self._typing()
            else:
                is_known = told.get("type") == "chat:message:updated"
                lines = await self._news(told["messageId"] if is_known else "")
            if not notice:
                lines = [*lines, *await self._typing(), ": still here\n\n"]
            for line in lines:
                yield line

    async def _news(self, changed: str) -> list[str]:
        lines: list[str] = []
        while True:
            facts, messages, known = await room.run(
                unit_of_work.as_anonymous,
                self._organization_id,
                reading.since,
                self._token,
                self._after,
                changed=changed,
            )
            lines += [_event("changed", one.wire()) for one in known]
            lines += [self._message(one) for one in messages]
            if len(messages) < reading.PAGE:
                break
        said = facts.wire()
        if said != self._facts:
            self._facts = said
            lines.append(_event("facts", said))
        return lines

    def _message(self, message: VisitorMessage) -> str:
        self._after = message.id
        return _event("message", message.wire(), message.id)

    async def _typing(self) -> list[str]:
        names = await room.run(
            unit_of_work.as_anonymous, self._organization_id, reading.writers, self._token
        )
        if names == self._writers and not names:
            return []
        self._writers = names
        return [_event("typing", {"names": names})]


def _event(kind: str, facts: dict[str, Any], event_id: str = "") -> str:
    where = f"id: {event_id}\n" if event_id else ""
    body = json.dumps(facts, separators=(",", ":"), ensure_ascii=False)
    return f"{where}event: {kind}\ndata: {body}\n\n"
