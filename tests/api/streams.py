"""A client for answers without end: drives the application and hands out what it sends."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any


class Stream:
    """A running request."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.ended = asyncio.Event()
        self._messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._text = ""

    async def take(self, message: dict[str, Any]) -> None:
        """Receive what the application sends."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {k.decode().lower(): v.decode() for k, v in message["headers"]}
        elif not message.get("more_body"):
            self.ended.set()
        await self._messages.put(message)

    async def event(self, within: float = 5.0) -> dict[str, Any]:
        """Return the next event: `event`, `id` and the JSON of `data`."""
        async with asyncio.timeout(within):
            while True:
                block, found, rest = self._text.partition("\n\n")
                if found:
                    self._text = rest
                    lines = dict(
                        line.split(": ", 1) for line in block.split("\n") if line[0] != ":"
                    )
                    if "data" in lines:
                        return lines | {"data": json.loads(lines["data"])}
                    continue
                message = await self._messages.get()
                self._text += message.get("body", b"").decode()


@asynccontextmanager
async def open_stream(
    app: Any, path: str, authorization: str, **headers: str
) -> AsyncIterator[Stream]:
    """Send a GET and hand out its answer while it goes on; the client leaves at the end."""
    stream, gone = Stream(), asyncio.Event()
    sent = {"authorization": authorization, **headers}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in sent.items()
        ],
        "client": ("127.0.0.1", 50000),
        "server": ("localhost", 8000),
    }
    first = True

    async def receive() -> dict[str, Any]:
        nonlocal first
        if first:
            first = False
            return {"type": "http.request", "body": b"", "more_body": False}
        await gone.wait()
        return {"type": "http.disconnect"}

    task = asyncio.create_task(app(scope, receive, stream.take))
    try:
        yield stream
    finally:
        gone.set()
        async with asyncio.timeout(5):
            await task
