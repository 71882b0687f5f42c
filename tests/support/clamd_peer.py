"""A peer that speaks clamd's protocol to the letter (clamd(8)): PING, INSTREAM and its limit."""

import socketserver
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.samples import EICAR
from tests.support.serving import serving


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        peer: ClamdPeer = self.server.peer  # type: ignore[attr-defined]
        first = self.rfile.read(1)
        end = b"\0" if first == b"z" else b"\n"
        command = b""
        while (byte := self.rfile.read(1)) not in (end, b""):
            command += byte
        peer.commands.append(command.decode())
        if command == b"PING":
            self.wfile.write(b"PONG" + end)
        elif command == b"INSTREAM":
            self.wfile.write(self._scan(peer).encode() + end)
        else:
            self.wfile.write(b"UNKNOWN COMMAND" + end)

    def _scan(self, peer: "ClamdPeer") -> str:
        content = b""
        while True:
            (length,) = struct.unpack("!L", self.rfile.read(4))
            if length == 0:
                break
            content += self.rfile.read(length)
            if len(content) > peer.stream_max_length:
                return "INSTREAM size limit exceeded. ERROR"
        peer.scanned.append(content)
        if peer.answer:
            return peer.answer
        return "stream: Win.Test.EICAR_HDB-1 FOUND" if EICAR in content else "stream: OK"


class ClamdPeer:
    """A running peer; `answer` overrides its verdict, `address` is what TICKETDESK_CLAMD takes."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.commands: list[str] = []
        self.scanned: list[bytes] = []
        self.answer: str | None = None
        self.stream_max_length = 25 * 1024 * 1024


@contextmanager
def clamd_peer(socket_file: Path | None = None) -> Iterator[ClamdPeer]:
    """Run a peer on a free TCP port, or on a socket file."""
    if socket_file:
        server = socketserver.ThreadingUnixStreamServer(str(socket_file), _Session)
        address = f"unix:{socket_file}"
    else:
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session)
        address = f"tcp://127.0.0.1:{server.server_address[1]}"
    server.daemon_threads = True
    server.peer = peer = ClamdPeer(address)  # type: ignore[attr-defined]
    with serving(server):
        yield peer
