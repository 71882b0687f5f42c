"""Where a request came from."""

import ipaddress
from dataclasses import replace

import pytest
from starlette.requests import Request

from ticketdesk.settings import settings
from ticketdesk.web import client_address


@pytest.mark.parametrize(
    ("trusted", "forwarded", "expected"),
    [
        ((), "6.6.6.6", "10.0.0.5"),
        (("10.0.0.0/8",), "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (("10.0.0.0/8",), "203.0.113.9, 10.0.0.7", "203.0.113.9"),
        (("10.0.0.0/8",), "", "10.0.0.5"),
    ],
)
def test_a_forwarded_address_counts_only_from_a_listed_proxy(
    monkeypatch, trusted, forwarded, expected
):
    networks = tuple(ipaddress.ip_network(network) for network in trusted)
    chosen = replace(settings(), trusted_proxies=networks)
    monkeypatch.setattr(client_address, "settings", lambda: chosen)
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    request = Request({"type": "http", "client": ("10.0.0.5", 4000), "headers": headers})
    assert client_address.client_address(request) == expected


@pytest.mark.parametrize("peer", ["10.0.0.5", "::ffff:10.0.0.5"])
def test_a_header_that_a_proxy_adds_below_the_clients_own_counts(monkeypatch, peer):
    chosen = replace(settings(), trusted_proxies=(ipaddress.ip_network("10.0.0.0/8"),))
    monkeypatch.setattr(client_address, "settings", lambda: chosen)
    headers = [(b"x-forwarded-for", b"6.6.6.6"), (b"x-forwarded-for", b"203.0.113.9")]
    request = Request({"type": "http", "client": (peer, 4000), "headers": headers})
    assert client_address.client_address(request) == "203.0.113.9"
