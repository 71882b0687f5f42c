"""A connection to an IMAP server that looks at who answered before a word is read."""

import imaplib
import socket
import ssl
from typing import Any

from imapclient import IMAPClient

from ticketdesk.adapters.email import reach
from ticketdesk.adapters.outward import sockets
from ticketdesk.adapters.outward.budget import Budget
from ticketdesk.settings.values import Network

_LONGEST = 60.0  # seconds for the answer to one command, however slowly it drips
_LARGEST = 64 * 1024 * 1024  # bytes of it: the largest message, and some words around it


class _Imap(imaplib.IMAP4):
    def __init__(
        self,
        host: str,
        port: int,
        *,
        context: ssl.SSLContext | None,
        timeout: float,
        networks: tuple[Network, ...],
        budget: Budget,
    ) -> None:
        self._context, self._networks, self._budget = context, networks, budget
        super().__init__(host, port, timeout=timeout)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        connected = sockets.connect(self.host, self.port, timeout or _LONGEST, self._budget)
        reach.check_peer(connected, self.host, self._networks)
        if self._context is None:
            return connected
        return self._context.wrap_socket(connected, server_hostname=self.host)

    def send(self, data: bytes) -> None:
        """Say something: the server has a fresh budget for its answer."""
        self._budget.start()
        super().send(data)


class CheckedClient(IMAPClient):
    """IMAPClient whose server is where it may be; else `reach.HostRefused` is raised.

    A server's greeting stands in the words of a failure: one inside must not be read at all.
    """

    def __init__(
        self, host: str, port: int, *, use_tls: bool, timeout: float, networks: tuple[Network, ...]
    ) -> None:
        self._seconds, self._networks = timeout, networks
        self._budget = Budget(_LONGEST, _LARGEST)
        tls = ssl.create_default_context() if use_tls else None
        self._context = sockets.within(tls, timeout, self._budget) if tls else None
        super().__init__(host, port, ssl=use_tls, ssl_context=self._context, timeout=timeout)

    def _create_IMAP4(self) -> _Imap:
        return _Imap(
            self.host,
            self.port,
            context=self._context,
            timeout=self._seconds,
            networks=self._networks,
            budget=self._budget,
        )

    def idle_check(self, timeout: float | None = None) -> Any:
        """Wait for news, which may be long in coming: that is not the server's slowness."""
        self._budget.start(later=timeout or 0.0)
        return super().idle_check(timeout)
