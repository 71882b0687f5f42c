"""One signed POST against a real server on loopback."""

import hashlib
import hmac
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.support.serving import serving
from ticketdesk.adapters.outward import addresses
from ticketdesk.adapters.webhook import post as post_module
from ticketdesk.adapters.webhook.post import post


class Receiver(BaseHTTPRequestHandler):
    """Keeps what it got; answers what the path says."""

    got: list[tuple[dict, bytes]] = []

    def do_POST(self):
        """Answer 200, or redirect, or the status in the path."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((dict(self.headers), body))
        if self.path.startswith("/drip"):
            return self._drip(self.path)
        self.send_response(int(self.path.strip("/") or 200))
        self.send_header("Location", "http://127.0.0.1:1/inner")
        self.end_headers()
        self.wfile.write(b"x" * 5000)
        return None

    def _drip(self, path):
        """Answer a byte now and then, for as long as anybody listens."""
        if path == "/drip-body":
            self.send_response(200)
            self.end_headers()
        else:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        nobody_tells = threading.Event()
        while not nobody_tells.wait(0.01):
            try:
                self.wfile.write(b"x")
            except OSError:
                return

    def log_message(self, *_args):
        """Keep the test's output clean."""


@pytest.fixture
def server(monkeypatch):
    Receiver.got = []
    running = HTTPServer(("127.0.0.1", 0), Receiver)
    monkeypatch.setattr(addresses, "is_public", lambda ip: ip == "127.0.0.1")
    with serving(running):
        yield f"http://hook.example:{running.server_port}"


def send(url, look_up=lambda _h, _p: ["127.0.0.1"]):
    return post(
        url,
        b'{"a":1}',
        secret="s3cret",
        event="ticket:created",
        delivery_id="delivery_1",
        look_up=look_up,
    )


def test_the_receiver_can_check_who_sent_it_and_when(server):
    outcome = send(server + "/200")
    assert outcome.accepted
    headers, body = Receiver.got[0]
    parts = dict(part.split("=") for part in headers["X-TicketDesk-Signature"].split(","))
    wanted = hmac.new(b"s3cret", f"{parts['t']}.".encode() + body, hashlib.sha256).hexdigest()
    assert parts["v1"] == wanted
    assert headers["X-TicketDesk-Delivery"] == "delivery_1"
    assert headers["Host"].startswith("hook.example:")
    assert len(outcome.excerpt) == 500


def test_a_redirect_is_not_followed(server):
    outcome = send(server + "/302")
    assert not outcome.accepted
    assert "redirects" in outcome.error
    assert len(Receiver.got) == 1


def test_a_refusal_is_kept_in_words(server):
    assert send(server + "/500").error == "Answered 500."


def test_nothing_is_sent_to_an_inner_address():
    outcome = post(
        "http://127.0.0.1:9/", b"{}", secret="s", event="ticket:created", delivery_id="d"
    )
    assert outcome.status is None
    assert "not a public address" in outcome.error


def test_a_dead_address_is_an_error_in_words(monkeypatch, dead_port):
    monkeypatch.setattr(addresses, "is_public", lambda ip: True)
    assert send(f"http://hook.example:{dead_port}/").error.startswith("ConnectError")


def test_a_head_that_drips_is_one_failed_try(server, monkeypatch):
    monkeypatch.setattr(post_module, "_LONGEST", 0.3)
    outcome = send(server + "/drip-head")
    assert (outcome.status, outcome.accepted) == (None, False)
    assert outcome.error.startswith("ReadTimeout")
    assert len(Receiver.got) == 1


def test_a_body_that_drips_is_cut_off_and_what_the_head_said_counts(server, monkeypatch):
    monkeypatch.setattr(post_module, "_LONGEST", 0.3)
    outcome = send(server + "/drip-body")
    assert outcome.accepted
    assert outcome.excerpt.startswith("x")
    assert outcome.excerpt.endswith("(The answer broke off.)")


def test_a_name_that_leads_inside_the_second_time_is_called_where_it_led_first(server):
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    assert send(server + "/200", look_up=lambda _h, _p: next(answers)).accepted
    assert list(answers) == [["10.0.0.1"]]
    assert "10.0.0.1" in send(server + "/200", look_up=lambda _h, _p: ["10.0.0.1"]).error
    assert len(Receiver.got) == 1
