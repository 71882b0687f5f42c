"""Errors and traces reach a receiver on the wire, without what people wrote."""

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli
import pytest

from tests.support.serving import serving

LETTER = "a letter of a customer"
PROCESS = f"""
from ticketdesk import telemetry
from ticketdesk.settings import settings
telemetry.start(settings(), "worker")
def fail(letter):
    raise RuntimeError("the job failed")
with telemetry.span("job", {{"subscriber": "mail"}}):
    try:
        fail({LETTER!r})
    except RuntimeError as error:
        import sentry_sdk
        sentry_sdk.capture_exception(error)
"""


UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


class Receiver(BaseHTTPRequestHandler):
    got: list[tuple[str, bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        packed = self.headers.get("Content-Encoding", "")
        self.got.append((self.path, UNPACK[packed](body)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[ThreadingHTTPServer]:
    Receiver.got = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    with serving(server):
        yield server


def test_an_error_and_a_trace_arrive_and_carry_no_letter(receiver: ThreadingHTTPServer) -> None:
    host = f"127.0.0.1:{receiver.server_port}"
    told = {
        "SENTRY_DSN": f"http://public@{host}/1",
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://{host}",
    }
    subprocess.run([sys.executable, "-c", PROCESS], env=os.environ | told, check=True, timeout=60)

    bodies = dict(Receiver.got)
    assert b"the job failed" in bodies["/api/1/envelope/"]
    assert b"ticketdesk-worker" in bodies["/v1/traces"]
    assert b"subscriber" in bodies["/v1/traces"]
    assert not [path for path, body in Receiver.got if LETTER.encode() in body]
