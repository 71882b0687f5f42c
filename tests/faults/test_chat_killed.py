"""The web process is killed in the middle of a conversation: no message is lost, none doubled."""

import json
import threading
import uuid
from collections.abc import Iterator

import httpx
import pytest

from tests.support.desk import Desk, eventually

MESSAGES = 24  # fewer than a visitor may send in a minute
_AGAIN = 0.2


class Visitor:
    """A customer's browser: sends until it is told, and follows from the last message it has."""

    def __init__(self, url: str) -> None:
        self.client = httpx.Client(base_url=f"{url}/api/embed/chat", timeout=10)
        self.headers: dict[str, str] = {}
        self.heard: list[str] = []
        self._last = ""
        self._over = threading.Event()

    def start(self, content: str) -> None:
        body = {"key": uuid.uuid4().hex, "name": "Nora", "email": "nora@example.com"}
        answer = self._sent("/start", body | self._message(content))
        self.headers = {"Authorization": f"Bearer {answer['token']}"}

    def say(self, content: str) -> None:
        self._sent("/messages", self._message(content))

    def _message(self, content: str) -> dict[str, str]:
        return {"organizationId": "acme", "content": content, "clientId": uuid.uuid4().hex}

    def _sent(self, path: str, body: dict[str, str]) -> dict:
        while True:
            try:
                answer = self.client.post(path, json=body, headers=self.headers)
            except httpx.TransportError:
                threading.Event().wait(_AGAIN)
                continue
            if answer.status_code < 500:
                assert answer.status_code == 201, answer.text
                return answer.json()
            threading.Event().wait(_AGAIN)

    def history(self) -> list[str]:
        answer = self.client.get(
            "/messages", params={"organizationId": "acme"}, headers=self.headers
        )
        assert answer.status_code == 200, answer.text
        return [one["content"] for one in answer.json()["messages"]]

    def follow(self) -> None:
        """Hear every message after the last one, over broken lines."""
        while not self._over.is_set():
            try:
                self._listen()
            except httpx.TransportError:
                threading.Event().wait(_AGAIN)

    def _listen(self) -> None:
        headers = self.headers | {"Last-Event-ID": self._last}
        query = {"organizationId": "acme"}
        with self.client.stream("GET", "/stream", params=query, headers=headers) as answer:
            kind = ""
            for line in answer.iter_lines():
                name, _, value = line.partition(": ")
                if name == "event":
                    kind = value
                elif name == "data" and kind == "message":
                    message = json.loads(value)
                    self._last = message["id"]
                    self.heard.append(message["content"])
                if self._over.is_set():
                    return

    def leave(self) -> None:
        self._over.set()


@pytest.fixture
def nora(running: Desk) -> Iterator[Visitor]:
    eventually(running.is_ready, "ready before the test")
    visitor = Visitor(running.url)
    yield visitor
    visitor.leave()


def test_a_killed_web_process_loses_and_doubles_no_message(running: Desk, nora: Visitor) -> None:
    wanted = [f"Message {number}" for number in range(MESSAGES)]
    nora.start(wanted[0])
    follower = threading.Thread(target=nora.follow, daemon=True)
    follower.start()

    def talk() -> None:
        for content in wanted[1:]:
            nora.say(content)

    speaker = threading.Thread(target=talk, daemon=True)
    speaker.start()
    for heard in (5, 14):
        eventually(lambda heard=heard: len(nora.heard) >= heard, f"{heard} messages heard")
        # At once, so that a message is on its way when the process dies.
        running.kill("web")
    speaker.join(timeout=120)
    assert not speaker.is_alive()
    eventually(running.is_ready, "ready again")

    assert nora.history() == wanted
    eventually(lambda: len(nora.heard) >= MESSAGES, "everything heard")
    assert nora.heard == wanted
