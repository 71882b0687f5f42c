"""Keeps tests on this machine: a socket that would leave it fails the test that opened it."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


class LeavesTheMachine(AssertionError):
    """A test tried to reach another host."""


def _refuse_strangers(host: Any) -> None:
    if not isinstance(host, str) or host in {"", "localhost"}:
        return
    try:
        local = ipaddress.ip_address(host.split("%", 1)[0]).is_loopback
    except ValueError:
        local = host.endswith(".localhost")
    if not local:
        raise LeavesTheMachine(f"a test tried to reach {host}")


def stay_home(patch: pytest.MonkeyPatch) -> None:
    """Refuse connections and name look-ups beyond the loopback addresses."""
    connect, connect_ex, look_up = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def guarded_connect(self: socket.socket, target: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_strangers(target[0])
        connect(self, target)

    def guarded_connect_ex(self: socket.socket, target: Any) -> int:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_strangers(target[0])
        return connect_ex(self, target)

    def guarded_look_up(host: Any, *args: Any, **options: Any) -> Any:
        _refuse_strangers(host)
        return look_up(host, *args, **options)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket, "getaddrinfo", guarded_look_up)


@contextmanager
def closed_port() -> Iterator[int]:
    """A loopback port that refuses: held, so that nobody else listens there, and not listening."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as held:
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])
