"""A real HTTP S3 server for the tests (moto's), and one that misbehaves on purpose."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3

from tests.support.serving import serving

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@contextmanager
def s3_server() -> Iterator[str]:
    """Yield the address of an empty S3 server."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def make_bucket(endpoint: str, name: str):
    """Make a bucket and return a client that sees everything in it."""
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
    )
    client.create_bucket(Bucket=name)
    return client


def credentials() -> None:
    """Give this process the test server's credentials."""
    os.environ.update(CREDENTIALS)


@contextmanager
def failing_server(status: int = 500, delay: float = 0.0) -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a server that fails every request, and the requests it got.

    Args:
        status: what it answers.
        delay: seconds before it does; longer than a client's patience, it never answers.
    """
    seen: list[str] = []
    stop = threading.Event()

    class Failing(BaseHTTPRequestHandler):
        def _fail(self) -> None:
            seen.append(f"{self.command} {self.path}")
            length = int(self.headers.get("content-length") or 0)
            self.rfile.read(length)
            stop.wait(delay)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = _fail

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Failing)
    with serving(server):
        try:
            yield f"http://127.0.0.1:{server.server_port}", seen
        finally:
            stop.set()
