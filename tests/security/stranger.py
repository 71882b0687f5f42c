"""A websocket that speaks the staff app's protocol, and says whatever it likes."""

import json
from typing import Any
from uuid import uuid4

import httpx
import simple_websocket
from reflex_base.utils.format import format_event_handler

from tests.support.cast import PASSWORD
from tests.support.desk import Desk
from ticketdesk.state.toasts import ToastState

NAMESPACE = "/_event"
_PATIENCE = 60.0
_LONGEST_CHAIN = 6
"""A handler queues others behind the next mark, and those queue more; none goes deeper."""


class Stranger:
    """One connection to a running desk.

    Args:
        url: the desk's address.
        session: the token in the session cookie; "" for none.
        token: the page's token; a fresh one if it is not given.
        origin: the Origin header; the desk's own if it is not given.
        auth: what the page says as it joins.
    """

    def __init__(
        self,
        url: str,
        session: str = "",
        token: str = "",
        origin: str | None = None,
        auth: Any = None,
    ) -> None:
        self.heard: list[str] = []
        self._marks = 0
        headers = {"Origin": url if origin is None else origin}
        if session:
            headers["Cookie"] = f"ticketdesk_session={session}"
        address = f"{url.replace('http', 'ws', 1)}{NAMESPACE}/"
        self._socket = simple_websocket.Client.connect(
            f"{address}?EIO=4&transport=websocket&token={token or uuid4()}", headers=headers
        )
        self._socket.send(f"40{NAMESPACE}," + (json.dumps(auth) if auth is not None else ""))
        self._read_until(f"40{NAMESPACE}")

    def call(self, name: str, payload: Any = None, path: str = "/app/tickets") -> None:
        """Call an event handler by its registered name, as the open page would."""
        router = {"pathname": path, "asPath": path, "query": {}}
        self.say({"name": name, "payload": payload or {}, "router_data": router})

    def say(self, *body: Any, event: str = "event") -> None:
        """Send an event of the protocol with any content."""
        self._socket.send(f"42{NAMESPACE},{json.dumps([event, *body])}")

    def mark(self) -> None:
        """Wait until everything sent so far was worked on: a page's events run in their order."""
        self._marks += 1
        words = f"mark-{self._marks}-"
        name = format_event_handler(ToastState.event_handlers["show"])
        self.call(name, {"message": words})
        self._read_until(words)

    def settle(self) -> str:
        """Wait for what the events have led to as well.

        Returns:
            Everything heard so far, as plain text.
        """
        for _ in range(_LONGEST_CHAIN):
            self.mark()
        return "\n".join(_plain(frame) for frame in self.heard)

    def hear(self, words: str) -> None:
        """Wait for the desk to say something by itself."""
        self._read_until(words)

    def ping(self) -> None:
        """Wait for the desk's answer to something that touches no state."""
        self.say(event="ping")
        self._read_until("pong")

    def close(self) -> None:
        """Leave."""
        self._socket.close()

    def _read_until(self, words: str) -> None:
        while True:
            said = self._socket.receive(timeout=_PATIENCE)
            assert said is not None, f"the desk never said {words!r}"
            if said == "2":
                self._socket.send("3")
                continue
            self.heard.append(str(said))
            if words in said:
                return


def session_of(desk: Desk, email: str) -> str:
    """Sign somebody in and return the session's token; "" for nobody."""
    if not email:
        return ""
    answer = httpx.post(
        f"{desk.url}/api/auth/login", json={"email": email, "password": PASSWORD}, timeout=20
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["token"])


def _plain(frame: str) -> str:
    """The frame without the escapes of JSON, so that a name in it can be found."""
    head, comma, body = frame.partition(",")
    try:
        return head + comma + json.dumps(json.loads(body), ensure_ascii=False)
    except ValueError:
        return frame
