"""An upload is taken in as it arrives: memory does not grow with the file."""

import tracemalloc
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from starlette.requests import Request

from tests.support import s3
from tests.support.file_fixtures import configured, folder
from tests.support.serving import serving
from ticketdesk.api.embed import receiving
from ticketdesk.api.file_upload import receive
from ticketdesk.services.embed import limits
from ticketdesk.services.files.room import Room
from ticketdesk.services.files.uploads import Admission

__all__ = ["configured", "folder"]

MB = 1024 * 1024
SIZE = 200 * MB
ROOM = Admission("org_acme", Room(300 * MB, 10, 400 * MB, 10))


def uploading(before: bytes = b"") -> Request:
    """A request whose body of 200 MB comes in pieces of 64 KB, as a server hands them on.

    `before` stands in front of the file.
    """

    async def body() -> AsyncIterator[bytes]:
        yield (
            before + b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.log"\r\n\r\n'
        )
        piece = b"12:00:01 all is well now.......\n" * 2048
        for _ in range(SIZE // len(piece)):
            yield piece
        yield b"\r\n--x--\r\n"

    pieces = body()

    async def next_piece() -> dict:
        try:
            return {"type": "http.request", "body": await anext(pieces), "more_body": True}
        except StopAsyncIteration:
            return {"type": "http.request", "body": b"", "more_body": False}

    headers = [(b"content-type", b"multipart/form-data; boundary=x")]
    client = ("203.0.113.7", 4711)
    scope = {"type": "http", "method": "POST", "headers": headers, "client": client}
    return Request(scope | {"query_string": b"", "path": "/"}, next_piece)


@pytest.fixture
def sink() -> Iterator[str]:
    """A bucket that takes every part and keeps none of it."""

    class Sink(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _swallow(self, body: bytes = b"", size: int | None = None) -> None:
            left = int(self.headers.get("content-length") or 0)
            while left:
                left -= len(self.rfile.read(min(left, 65536)))
            self.send_response(200)
            self.send_header("Content-Length", str(len(body) if size is None else size))
            self.send_header("ETag", '"x"')
            self.end_headers()
            self.wfile.write(body)

        def do_PUT(self) -> None:
            self._swallow()

        def do_DELETE(self) -> None:
            self._swallow()

        def do_HEAD(self) -> None:
            self._swallow(size=SIZE)

        def do_GET(self) -> None:
            self._swallow(b"12:00")

        def do_POST(self) -> None:
            self._swallow(
                b"<InitiateMultipartUploadResult><UploadId>u</UploadId>"
                b"</InitiateMultipartUploadResult>"
                if self.path.endswith("uploads")
                else b"<CompleteMultipartUploadResult/>"
            )

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    with serving(server):
        yield f"http://127.0.0.1:{server.server_port}"


async def _peak_of_an_upload() -> int:
    tracemalloc.start()
    try:
        (taken,) = await receive(uploading(), ROOM)
        assert taken.stored.size == SIZE
        taken.incoming.discard()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


async def test_200_mb_to_the_disk_take_less_than_8_mb_of_memory(folder):
    assert await _peak_of_an_upload() < 8 * MB


async def test_200_mb_through_the_public_form_take_less_than_8_mb_of_memory(folder, redis):
    field = b'--x\r\nContent-Disposition: form-data; name="organizationId"\r\n\r\nacme\r\n'
    # The client of Redis loads what it needs the first time; that is no part of an upload.
    limits.admit_bytes("203.0.113.7", 0)
    tracemalloc.start()
    try:
        values, (taken,) = await receiving.receive(uploading(field), lambda _: ROOM)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    taken.incoming.discard()

    assert values == [("organizationId", "acme")]
    assert taken.stored.size == SIZE
    assert peak < 8 * MB


async def test_200_mb_to_a_bucket_take_less_than_8_mb_of_memory_beyond_the_client_s_own(
    sink, configured
):
    s3.credentials()
    configured("TICKETDESK_STORAGE_URL", f"s3://desk/z?endpoint_url={sink}&region=us-east-1")
    from ticketdesk.adapters.storage import storage

    # Boto loads its description of the service the first time; that is no part of an upload.
    storage().check()
    assert await _peak_of_an_upload() < 8 * MB
