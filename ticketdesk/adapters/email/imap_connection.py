"""A connection to an IMAP server that looks at who answered before a word is read."""

import imaplib
import socket
import ssl

from imapclient import IMAPClient

from ticketdesk.adapters.email import reach
from ticketdesk.settings.values import Network


class _Imap(imaplib.IMAP4):
    def __init__(
        self,
        host: str,
        port: int,
        *,
        context: ssl.SSLContext | None,
        timeout: float,
        networks: tuple[Network, ...],
    ) -> None:
        self._context, self._networks = context, networks
        super().__init__(host, port, timeout=timeout)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        connected = socket.create_connection((self.host, self.port), timeout)
        reach.check_peer(connected, self.host, self._networks)
        if self._context is None:
            return connected
        return self._context.wrap_socket(connected, server_hostname=self.host)


class CheckedClient(IMAPClient):
    """IMAPClient whose server is where it may be; else `reach.HostRefused` is raised.

    A server's greeting stands in the words of a failure: one inside must not be read at all.
    """

    def __init__(
        self, host: str, port: int, *, use_tls: bool, timeout: float, networks: tuple[Network, ...]
    ) -> None:
        self._seconds, self._networks = timeout, networks
        self._context = ssl.create_default_context() if use_tls else None
        super().__init__(host, port, ssl=use_tls, ssl_context=self._context, timeout=timeout)

    def _create_IMAP4(self) -> _Imap:
        return _Imap(
            self.host,
            self.port,
            context=self._context,
            timeout=self._seconds,
            networks=self._networks,
        )
