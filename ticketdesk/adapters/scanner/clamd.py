"""clamd over its own protocol (clamd(8): PING, INSTREAM), by TCP or by a socket file."""

import socket
import struct
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from ticketdesk.adapters.scanner.scanner import ScannerUnavailable, Verdict

_CHUNK = 128 * 1024
_LONGEST_ANSWER = 4096
_TOO_LARGE = "The file is larger than the virus scanner accepts (StreamMaxLength)."


class Clamd:
    """A running clamd.

    Args:
        address: `tcp://host:port` or `unix:/path`.
        timeout: seconds that one read or write may take; a large archive takes a while, and
            the job holds a lease of 45 s.
    """

    def __init__(self, address: str, timeout: float = 15.0) -> None:
        self._address = address
        self._timeout = timeout

    def check(self) -> None:
        """Ask whether it is there."""
        try:
            with self._connect() as line:
                line.sendall(b"zPING\0")
                answer = _answer(line)
        except OSError as error:
            raise ScannerUnavailable(f"clamd does not answer: {error}") from error
        if answer != "PONG":
            raise ScannerUnavailable(f"clamd answers {answer[:200]!r}")

    def scan(self, file: Iterable[bytes]) -> Verdict:
        """Stream a file to the scanner and read its verdict."""
        try:
            with self._connect() as line:
                try:
                    line.sendall(b"zINSTREAM\0")
                    for piece in file:
                        _send(line, piece)
                    line.sendall(struct.pack("!L", 0))
                except (BrokenPipeError, ConnectionResetError):
                    # clamd hangs up in the middle when the limit is reached, having said why.
                    return _verdict(_answer(line))
                return _verdict(_answer(line))
        except OSError as error:
            raise ScannerUnavailable(f"clamd does not answer: {error}") from error

    def _connect(self) -> socket.socket:
        parts = urlsplit(self._address)
        if parts.scheme == "tcp":
            return socket.create_connection((parts.hostname, parts.port), self._timeout)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(self._timeout)
            line.connect(unquote(parts.path))
        except BaseException:
            line.close()
            raise
        return line


def _send(line: socket.socket, piece: bytes) -> None:
    for start in range(0, len(piece), _CHUNK):
        part = piece[start : start + _CHUNK]
        line.sendall(struct.pack("!L", len(part)))
        line.sendall(part)


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        said += piece
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(answer: str) -> Verdict:
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Verdict()
    if said.endswith(" FOUND"):
        return Verdict(threat=said.removesuffix(" FOUND")[:200])
    if said.startswith("INSTREAM size limit exceeded"):
        return Verdict(unscannable=_TOO_LARGE)
    raise ScannerUnavailable(f"clamd answers {answer[:200]!r}")
