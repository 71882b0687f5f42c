"""An open page of the staff app, as the server sees it: a websocket that speaks Reflex's protocol.

Engine.IO 4 carries Socket.IO: `0` opens, `2` asks whether we are there, `3` says so, `40` joins the
namespace, `42` is an event.
"""

import json
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter, sleep
from typing import Any
from uuid import uuid4

import simple_websocket
from reflex_base.event import Event

NAMESPACE = "/_event"


@dataclass(frozen=True, slots=True)
class Frame:
    """A message of the server: when it came, how many bytes it had, what it says."""

    at: float
    size: int
    text: str


class Page:
    """One tab of a signed-in agent.

    Args:
        base_url: the desk's address.
        session: the session's token.
        path: the page that is open.
    """

    def __init__(self, base_url: str, session: str, path: str = "/app/tickets") -> None:
        self.path = path
        self.frames: list[Frame] = []
        self._token = str(uuid4())
        self._is_open = True
        address = base_url.replace("http", "ws", 1) + NAMESPACE + "/"
        self._socket = simple_websocket.Client.connect(
            f"{address}?EIO=4&transport=websocket&token={self._token}",
            headers={"Cookie": f"ticketdesk_session={session}", "Origin": base_url},
        )
        # At once: the server's greeting can lie unread until something else comes.
        self._socket.send(f"40{NAMESPACE},")
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.wait_until_said(f"40{NAMESPACE}")

    def send(self, handler: Any) -> None:
        """Call an event handler of the page."""
        event = Event.from_event_type(handler())[0]
        body = {
            "name": event.name,
            "payload": event.payload,
            "token": self._token,
            "router_data": {"pathname": self.path, "asPath": self.path, "query": {}},
        }
        self._socket.send(f"42{NAMESPACE},{json.dumps(['event', body])}")

    def wait_for(self, known: int, seconds: float = 20) -> Frame:
        """Return the first frame behind those known.

        Raises:
            TimeoutError: none came.
        """
        end = perf_counter() + seconds
        while perf_counter() < end:
            if len(self.frames) > known:
                return self.frames[known]
            sleep(0.0005)
        raise TimeoutError("the server said nothing")

    def wait_until_said(self, word: str, known: int = 0, seconds: float = 60) -> Frame:
        """Return the first frame behind those known that has a word in it.

        Raises:
            TimeoutError: none came.
        """
        end = perf_counter() + seconds
        while word not in (frame := self.wait_for(known, max(0.0, end - perf_counter()))).text:
            known += 1
        return frame

    def close(self) -> None:
        """Leave."""
        self._is_open = False
        with suppress(simple_websocket.ConnectionClosed):
            self._socket.close()

    def _read(self) -> None:
        with suppress(simple_websocket.ConnectionClosed):
            while self._is_open:
                # None is a wait without a message, not the end.
                said = self._socket.receive(timeout=1)
                if said == "2":
                    self._socket.send("3")
                elif said is not None:
                    self.frames.append(Frame(perf_counter(), len(said.encode()), said))


def settle(pages: Sequence[Page], quiet: float, seconds: float = 60) -> None:
    """Wait until nothing has come for a while on any of the pages."""
    end = perf_counter() + seconds
    while perf_counter() < end:
        known = sum(len(page.frames) for page in pages)
        sleep(quiet)
        if sum(len(page.frames) for page in pages) == known:
            return
