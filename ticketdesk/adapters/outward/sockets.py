"""Sockets that keep to a budget, for protocols whose libraries bring their own conversation."""

import socket
import ssl
from typing import Any

from ticketdesk.adapters.outward.budget import Budget


class _Within:
    """All reads and writes together keep to the budget, each to `step` seconds."""

    budget: Budget
    step: float

    def recv_into(self, *args: Any) -> int:
        """Read what came. Raises `TooSlow` and `TooMuch` beside the socket's own."""
        left = self.budget.left(self.step)
        # One that does not wait at all is not made to.
        if self.gettimeout() != 0:  # type: ignore[attr-defined]
            self.settimeout(left)  # type: ignore[attr-defined]
        read = super().recv_into(*args)  # type: ignore[misc]
        self.budget.count(read)
        return read

    def send(self, *args: Any) -> int:
        """Write what is taken. Raises `TooSlow` beside the socket's own."""
        left = self.budget.left(self.step)
        if self.gettimeout() != 0:  # type: ignore[attr-defined]
            self.settimeout(left)  # type: ignore[attr-defined]
        return super().send(*args)  # type: ignore[misc]


class _Plain(_Within, socket.socket):
    pass


class _Tls(_Within, ssl.SSLSocket):
    pass


def connect(host: str, port: int, timeout: float, budget: Budget) -> socket.socket:
    """Connect; what is read from the socket counts against `budget`."""
    found = _connected(host, port, timeout, budget)
    line = _Plain(fileno=found.detach())
    line.budget, line.step = budget, timeout
    line.settimeout(timeout)
    return line


def _connected(host: str, port: int, timeout: float, budget: Budget) -> socket.socket:
    failed: OSError = OSError(f"{host} has no address.")
    for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        try:
            return socket.create_connection(place[:2], min(timeout, budget.left()))
        except OSError as error:
            failed = error
    raise failed


def within(context: ssl.SSLContext, timeout: float, budget: Budget) -> ssl.SSLContext:
    """Let a context make sockets that count against `budget`; it is the caller's own."""
    made = {"budget": budget, "step": timeout}
    context.sslsocket_class = type("_TlsWithin", (_Tls,), made)
    return context
