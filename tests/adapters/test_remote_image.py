"""Images of strangers are fetched from public addresses only, and only when they are images."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.support.serving import serving
from ticketdesk.adapters import remote_image
from ticketdesk.adapters.outward import addresses

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100
PAGES = {
    "/a.png": (200, {}, PNG),
    "/page": (200, {"Content-Type": "image/png"}, b"<html>"),
    "/drawn.svg": (200, {}, b"<svg onload='x()'/>"),
    "/moved": (302, {"Location": "/a.png"}, b""),
    "/inside": (302, {"Location": "http://10.0.0.1/a.png"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/large": (200, {}, PNG + b"0" * remote_image.LARGEST),
    "/gone": (404, {}, b""),
}


def as_written(host: str, _port: int) -> list[str]:
    return [host]


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = PAGES[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that passes for public: loopback alone is let through."""
    public = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda ip: ip == "127.0.0.1" or public(ip))
    listening = HTTPServer(("127.0.0.1", 0), Answers)
    with serving(listening):
        yield f"http://127.0.0.1:{listening.server_port}"


@pytest.mark.parametrize("path", ["/a.png", "/moved"])
def test_an_image_is_fetched_and_known_by_its_bytes(server: str, path: str) -> None:
    found = remote_image.fetch(server + path, look_up=as_written)
    assert (found.kind, found.content) == ("image/png", PNG)


@pytest.mark.parametrize("path", ["/page", "/drawn.svg", "/inside", "/round", "/large", "/gone"])
def test_anything_else_is_refused(server: str, path: str) -> None:
    with pytest.raises(remote_image.ImageRefused):
        remote_image.fetch(server + path, look_up=as_written)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a.png",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/a.png",
        "http://[::ffff:10.0.0.1]/",
        "file:///etc/passwd",
        "http://user@10.0.0.1/",
    ],
)
def test_nothing_inside_the_network_is_called(url: str) -> None:
    with pytest.raises(remote_image.ImageRefused):
        remote_image.fetch(url, look_up=as_written)
