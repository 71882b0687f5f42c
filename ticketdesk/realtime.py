"""From a change somewhere to the pages that show it: one Redis subscriber per web process.

The services publish identifiers after commit. Here they meet the pages that watch them: each page
of this process that follows the channel gets its refresh event queued, and reads again through the
same services as always, so nothing unchecked reaches a browser. Several changes within a blink make
one refresh.
"""

import asyncio
import copy
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import redis.asyncio
import reflex as rx
import structlog
from redis.exceptions import RedisError
from reflex_base.event import Event

from ticketdesk.settings import settings

log = structlog.get_logger(__name__)

PATTERNS = ("ticket:*", "agent:*", "chat:*", "presence:*", "view:*")
AT_ONCE = 0.008
"""Seconds for the first change after a while: enough for what one commit tells of together."""
SOON = 0.04
"""Seconds in which further changes are gathered into one refresh: below what an eye notices."""
LATER = 0.9
"""The same for figures that nobody watches second by second."""
_SWEEP = 60.0
_BACKOFF = (0.2, 0.5, 1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Refresh:
    """An event handler of a State that reads again, and how long it may wait."""

    handler: Any
    within: float = SOON


@dataclass(slots=True)
class Registry:
    """Which page of this process follows which channel."""

    by_token: dict[str, dict[str, tuple[Refresh, ...]]] = field(default_factory=dict)
    by_channel: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def watch(self, token: str, wanted: Mapping[str, Sequence[Refresh]]) -> None:
        """Let a page follow exactly these channels from now on."""
        self.forget(token)
        self.by_token[token] = {channel: tuple(refreshes) for channel, refreshes in wanted.items()}
        for channel in wanted:
            self.by_channel[channel].add(token)

    def forget(self, token: str) -> None:
        """Drop a page that went away."""
        for channel in self.by_token.pop(token, {}):
            self.by_channel[channel].discard(token)
            if not self.by_channel[channel]:
                del self.by_channel[channel]

    def followers(self, channel: str) -> list[tuple[str, Refresh]]:
        """Return who has to do what when something happens on a channel."""
        tokens = self.by_channel.get(channel, ())
        return [(token, refresh) for token in tokens for refresh in self.by_token[token][channel]]


registry = Registry()
watch = registry.watch


class Dispatcher:
    """Gathers what happened and queues one refresh per page and handler.

    Args:
        app: the Reflex app, for its event queue and its open sockets.
    """

    def __init__(self, app: rx.App, pages: Registry = registry) -> None:
        self._app = app
        self._pages = pages
        self._due: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._ran: dict[tuple[str, str], float] = {}

    def happened(self, channel: str) -> None:
        """Something changed on a channel."""
        for token, refresh in self._pages.followers(channel):
            self._plan(token, refresh)

    def everything(self) -> None:
        """Changes may have been missed: everybody reads again."""
        for channel in list(self._pages.by_channel):
            self.happened(channel)

    def sweep(self) -> None:
        """Drop the pages whose sockets are closed."""
        for token in list(self._pages.by_token):
            if not self._is_here(token):
                self._pages.forget(token)
        here = self._pages.by_token
        self._ran = {key: moment for key, moment in self._ran.items() if key[0] in here}

    def _plan(self, token: str, refresh: Refresh) -> None:
        event = Event.from_event_type(refresh.handler())[0]
        key = (token, event.name)
        if key not in self._due:
            self._due[key] = asyncio.create_task(
                self._run(token, event, self._wait(key, refresh), key)
            )

    def _wait(self, key: tuple[str, str], refresh: Refresh) -> float:
        """How long a refresh waits for company: hardly, after a while without any."""
        rested = asyncio.get_running_loop().time() - self._ran.get(key, -SOON)
        return AT_ONCE if refresh.within <= SOON <= rested else refresh.within

    async def _run(self, token: str, event: Event, wait: float, key: tuple[str, str]) -> None:
        await asyncio.sleep(wait)
        # From here on a new change needs a new refresh: this one may have read already.
        self._due.pop(key, None)
        self._ran[key] = asyncio.get_running_loop().time()
        if not self._is_here(token):
            self._pages.forget(token)
            return
        connection = self._connection(token)
        if connection:
            await self._app.event_processor.enqueue(token, replace(event, router_data=connection))

    def _is_here(self, token: str) -> bool:
        namespace = self._app.event_namespace
        if namespace is None:
            return False
        tokens = namespace._token_manager
        record = tokens.token_to_socket.get(token)
        return record is not None and record.instance_id == tokens.instance_id

    def _connection(self, token: str) -> dict[str, Any]:
        """What the handshake of the page's present socket said; nothing while it still joins.

        A page's token is no identity: whoever brings it after its owner left gets what is sent to
        it. So the refresh carries the cookie of whoever is here now, and not the one that the state
        remembers. A page that joins reads everything by itself.
        """
        namespace = self._app.event_namespace
        record = namespace._token_manager.token_to_socket[token]
        said = namespace._static_router_data.get(record.sid, {})
        # What a handler does to it must not reach the connection's next events.
        return copy.deepcopy(said)


async def run(app: rx.App) -> None:
    """Listen for as long as the process lives; when Redis is away, come back and catch up."""
    dispatcher = Dispatcher(app)
    failures = 0
    while True:
        try:
            await _listen(dispatcher, catch_up=failures > 0)
        except (RedisError, OSError) as error:
            delay = _BACKOFF[min(failures, len(_BACKOFF) - 1)]
            failures += 1
            log.warning("realtime_away", error=str(error), retry_in=delay)
            await asyncio.sleep(delay)


async def _listen(dispatcher: Dispatcher, *, catch_up: bool) -> None:
    address = settings().redis_url
    if not address:
        raise OSError("no Redis address")
    client = redis.asyncio.Redis.from_url(address, health_check_interval=15)
    try:
        async with client.pubsub() as subscriber:
            await subscriber.psubscribe(*PATTERNS)
            if catch_up:
                dispatcher.everything()
            swept = asyncio.get_running_loop().time()
            while True:
                message = await subscriber.get_message(ignore_subscribe_messages=True, timeout=10)
                if message and message["type"] == "pmessage":
                    dispatcher.happened(message["channel"].decode())
                moment = asyncio.get_running_loop().time()
                if moment - swept > _SWEEP:
                    swept = moment
                    dispatcher.sweep()
    finally:
        with suppress(RedisError, OSError):
            await client.aclose()
