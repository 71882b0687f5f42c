"""Sockets that keep to a budget, for protocols whose libraries bring their own conversation."""

import socket
import ssl
from typing import Any

from ticketdesk.adapters.outward.budget import Budget


class _Within:
    """Every read counts against the budget and waits for `step` seconds at most."""

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


class _Plain(_Within, socket.socket):
    pass


class _Tls(_Within, ssl.SSLSocket):
    pass


def connect(host: str, port: int, timeout: float, budget: Budget) -> socket.socket:
    """Connect; what is read from the socket counts against `budget`."""
    found = socket.create_connection((host, port), min(timeout, budget.left()))
    line = _Plain(fileno=found.detach())
    line.budget, line.step = budget, timeout
    line.settimeout(timeout)
    return line


def within(context: ssl.SSLContext, timeout: float, budget: Budget) -> ssl.SSLContext:
    """Let a context make sockets that count against `budget`; it is the caller's own."""
    made = {"budget": budget, "step": timeout}
    context.sslsocket_class = type("_TlsWithin", (_Tls,), made)
    return context
