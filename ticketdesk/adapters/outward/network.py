"""Connections of the HTTP client: to checked IPs, within a budget."""

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore

from ticketdesk.adapters.outward.addresses import Judge, Resolve, lead
from ticketdesk.adapters.outward.budget import Budget, TooMuch, TooSlow


class Network(httpcore.NetworkBackend):
    """Looks a name up once, judges every IP and connects to one of these."""

    def __init__(self, budget: Budget, may: Judge, look_up: Resolve | None) -> None:
        self._budget, self._may, self._look_up = budget, may, look_up
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first IP that answers. Raises `AddressRefused` beside httpcore's own."""
        *others, last = lead(host, port, may=self._may, look_up=self._look_up)
        for ip in others:
            try:
                return self._connect(ip, port, timeout, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(last, port, timeout, socket_options)

    def _connect(self, ip: str, port: int, timeout: float | None, options: Any) -> "_Line":
        with _within():
            left = self._budget.left(timeout)
        found = self._inner.connect_tcp(ip, port, timeout=left, socket_options=options)
        return _Line(found, self._budget)


class _Line(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, budget: Budget) -> None:
        self._inner, self._budget = inner, budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _within():
            read = self._inner.read(max_bytes, timeout=self._budget.left(timeout))
            self._budget.count(len(read))
        return read

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # The stream's own write begins its timeout anew with every byte that is taken.
        line, view = self._inner.get_extra_info("socket"), memoryview(buffer)
        while view:
            try:
                line.settimeout(self._budget.left(timeout))
                view = view[line.send(view) :]
            except TimeoutError as error:
                raise httpcore.WriteTimeout(str(error)) from error
            except OSError as error:
                raise httpcore.WriteError(str(error)) from error

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        with _within():
            left = self._budget.left(timeout)
        return _Line(self._inner.start_tls(ssl_context, server_hostname, left), self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def close(self) -> None:
        self._inner.close()


@contextmanager
def _within() -> Iterator[None]:
    try:
        yield
    except TooSlow as error:
        raise httpcore.ReadTimeout(str(error)) from error
    except TooMuch as error:
        raise httpcore.ReadError(str(error)) from error
