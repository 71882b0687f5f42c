"""Peers of our own on loopback, each serving in a thread of the test."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOOKS_UP_EVERY = 0.02
"""Seconds: how soon a server notices that it is to stop; half a second by itself."""


def begin(server: socketserver.BaseServer) -> threading.Thread:
    """Let a server work in a thread of its own until its `shutdown`."""
    thread = threading.Thread(target=server.serve_forever, args=(_LOOKS_UP_EVERY,), daemon=True)
    thread.start()
    return thread


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    """Let a server work while the block runs; afterwards its port is free again."""
    thread = begin(server)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
