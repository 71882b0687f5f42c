"""Which addresses are called (issue: no private addresses, redirects, changing DNS)."""

import socket

import pytest

from ticketdesk.adapters.outward.addresses import (
    AddressRefused,
    check_shape,
    is_public,
    lead,
    undisguised,
)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::7f00:1",
        "::169.254.169.254",
        "64:ff9b:1::808:808",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "not an ip",
    ],
)
def test_inner_addresses_are_not_public_in_any_disguise(ip):
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34"])
def test_public_addresses_are(ip):
    assert is_public(ip)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x.example/",
        "file:///etc/passwd",
        "https://user:secret@x.example/",
        "https:///nohost",
        "https://x.example:99999/",
        "https://x.example/a b",
        "https://x.example/\r\nHost: y",
        "javascript:alert(1)",
        "",
    ],
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(AddressRefused):
        check_shape(url)


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "2852039166", "10.1"]
)
def test_an_inner_address_is_not_called_however_it_is_written(host):
    with pytest.raises(AddressRefused):
        # As the resolver of the system reads it.
        lead(host, 80, may=is_public, look_up=lambda h, _p: [socket.inet_ntoa(socket.inet_aton(h))])


def test_one_inner_address_among_many_is_enough_to_refuse():
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
        lead("x", 443, may=is_public, look_up=lambda _h, _p: ["93.184.216.34", "10.0.0.1"])


def test_a_name_that_leads_nowhere_is_refused():
    with pytest.raises(AddressRefused, match="cannot be resolved"):
        lead("x.example", 443, may=is_public, look_up=lambda _h, _p: [])


@pytest.mark.parametrize(("ip", "meant"), [("::1", "::1"), ("::", "::"), ("::7f00:1", "127.0.0.1")])
def test_this_machine_is_seen_through_every_disguise_and_in_its_own_clothes(ip, meant) -> None:
    assert str(undisguised(ip)) == meant
