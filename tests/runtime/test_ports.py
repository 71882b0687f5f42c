"""A port in use is found before anything starts."""

import socket

import pytest

from ticketdesk.runtime import ports
from ticketdesk.runtime.errors import StartError


@pytest.fixture
def taken():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_port_in_use_stops_the_start_by_name(taken: int) -> None:
    with pytest.raises(StartError, match=rf"^PORT: {taken} is in use"):
        ports.require("127.0.0.1", taken)


def test_a_port_in_use_on_one_address_is_in_use_for_all(taken: int) -> None:
    assert not ports.claimable("0.0.0.0", taken)


def test_the_preferred_port_is_kept_while_it_is_free(taken: int) -> None:
    free = ports.free_port()

    assert ports.free_port(free) == free
    assert ports.free_port(taken) != taken
