"""The client of whatever leaves the process: no call hangs, none reads without end."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from ticketdesk.adapters.outward import addresses
from ticketdesk.adapters.outward.addresses import AddressRefused, anywhere
from ticketdesk.adapters.outward.http import client, client_of

PACKED = gzip.compress(b"0" * 1_000_000)


class Answers(BaseHTTPRequestHandler):
    """Answers as its path says; `asked` counts."""

    asked: list[tuple[str, str]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Host"]))
        if self.path == "/informed":
            return self._drip(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        if self.path == "/slow":
            return self._drip(b"H")
        self.send_response(200)
        if self.path == "/packed":
            self.send_header("Content-Encoding", "gzip")
        if self.path == "/headed":
            for number in range(90):
                self.send_header(f"X-{number}", "x" * 900)
        self.end_headers()
        self.wfile.write(PACKED if self.path == "/packed" else b"x" * 50_000)
        return None

    def _drip(self, piece: bytes) -> None:
        nobody_tells = threading.Event()
        while not nobody_tells.wait(0.01):
            try:
                self.wfile.write(piece)
            except OSError:
                return

    def do_POST(self) -> None:
        """Take the request and never read it."""
        self.asked.append((self.path, self.headers["Host"]))
        threading.Event().wait(2)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Answers.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as listening:
        listening.daemon_threads = True
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://name.example:{listening.server_port}"
        listening.shutdown()


def here(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.mark.parametrize("path", ["/slow", "/informed"])
def test_an_answer_that_drips_ends_with_the_budget(server: str, path: str) -> None:
    with (
        client(0.3, 10**6, may=anywhere, look_up=here) as calling,
        pytest.raises(httpx.TimeoutException),
    ):
        calling.get(server + path)
    assert [found for found, _ in Answers.asked] == [path]


def test_a_receiver_that_does_not_read_ends_with_the_budget(server: str) -> None:
    with (
        client(0.3, 10**6, may=anywhere, look_up=here) as calling,
        pytest.raises(httpx.TimeoutException),
    ):
        calling.post(server + "/deaf", content=b"x" * 50_000_000)


def test_every_request_of_a_client_has_a_budget_of_its_own(server: str) -> None:
    with client(30, 60_000, may=anywhere, look_up=here) as calling:
        assert [calling.get(f"{server}/{n}").status_code for n in range(3)] == [200] * 3


@pytest.mark.parametrize("path", ["/long", "/headed"])
def test_no_more_is_read_than_was_said(server: str, path: str) -> None:
    with (
        client(30, 20_000, may=anywhere, look_up=here) as calling,
        pytest.raises(httpx.ReadError, match="too much"),
    ):
        calling.get(server + path)


def test_what_comes_packed_without_being_asked_is_not_unpacked(server: str) -> None:
    with client(30, 20_000, may=anywhere, look_up=here) as calling:
        assert calling.get(server + "/packed").content == PACKED


def test_the_name_is_looked_up_once_and_kept_in_the_request(server: str) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    looked_up = client(30, 60_000, may=anywhere, look_up=lambda _h, _p: next(answers))
    with looked_up as calling:
        assert calling.get(server + "/a").status_code == 200
    assert list(answers) == [["10.0.0.1"]]
    assert Answers.asked[0][1].startswith("name.example:")


def test_an_address_that_may_not_be_called_is_not(server: str) -> None:
    with (
        client(30, 60_000, may=lambda ip: ip != "127.0.0.1", look_up=here) as calling,
        pytest.raises(AddressRefused, match=r"127\.0\.0\.1"),
    ):
        calling.get(server)
    assert Answers.asked == []


def test_a_service_that_we_choose_is_called_by_the_operators_proxy(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.replace("name.example", "127.0.0.1"))
    monkeypatch.delenv("no_proxy", raising=False)
    with client_of("http://service.example", 30, 60_000) as calling:
        assert calling.get("http://service.example/x").status_code == 200
    assert Answers.asked == [("http://service.example/x", "service.example")]
    monkeypatch.setenv("no_proxy", "service.example")
    monkeypatch.setattr(addresses, "resolve", here)
    direct = server.replace("name.example", "service.example")
    with client_of(direct, 30, 60_000) as calling:
        assert calling.get(f"{direct}/x").status_code == 200
    assert Answers.asked[1][0] == "/x"


def test_a_name_of_ours_that_is_not_found_is_trouble_with_the_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise AddressRefused(f"The name {host} cannot be resolved.")

    monkeypatch.setattr(addresses, "resolve", nowhere)
    for name in ("http_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with (
        client_of("http://service.example", 30, 60_000) as calling,
        pytest.raises(httpx.ConnectError, match="cannot be resolved"),
    ):
        calling.get("http://service.example/x")
