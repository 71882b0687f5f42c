"""Which addresses may be called: public ones only, decided on what the name resolves to."""

import ipaddress
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

# IPv4 addresses in disguise: NAT64 and IPv4-compatible ones; a network's own NAT64 is inside it.
_HOLD_IPV4 = [ipaddress.ip_network(text) for text in ("64:ff9b::/96", "::/96")]
_OWN_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")

Resolve = Callable[[str, int], list[str]]
Judge = Callable[[str], bool]
"""Whether an IP may be called."""


class AddressRefused(ValueError):
    """The address must not be called; its text says why in one sentence."""


def resolve(host: str, port: int) -> list[str]:
    """Return all addresses of a name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused(f"The name {host} cannot be resolved.") from error
    return [str(entry[4][0]) for entry in found]


def check_shape(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port of an address that could be called.

    Raises:
        AddressRefused: not http(s), with credentials, or without a host.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise AddressRefused("This is not an address; write https://…") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise AddressRefused("An address begins with https:// or http://.")
    if parts.username or parts.password:
        raise AddressRefused("Leave name and password out; requests are signed instead.")
    if any(ord(letter) < 33 or ord(letter) == 127 for letter in url):
        raise AddressRefused("An address has no blanks or control characters.")
    return parts.scheme, parts.hostname, port


def lead(host: str, port: int, *, may: Judge, look_up: Resolve | None = None) -> list[str]:
    """Return the IPs behind a name, when every one of them may be called.

    Whoever connects must connect to one of these: a second look-up can say something else.

    Raises:
        AddressRefused: one of them may not, or there is none.
    """
    ips = _written(host) or (look_up or resolve)(host, port)
    if not ips:
        raise AddressRefused(f"The name {host} cannot be resolved.")
    for ip in ips:
        if not may(ip):
            raise AddressRefused(f"{host} leads to {ip}, which is not a public address.")
    return ips


def _written(host: str) -> list[str]:
    """Return the IP that a host is written as; nothing when it is a name."""
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        if host.replace(".", "").isdigit():
            raise AddressRefused(f"{host} is no address that can be called.") from None
        return []


def is_public(ip: str) -> bool:
    """Return whether an IP is reachable by everybody, looking through IPv6 disguises."""
    try:
        address = undisguised(ip)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address in _OWN_NAT64:
        return False
    return address.is_global and not address.is_multicast


def undisguised(ip: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the address that an IP stands for: the IPv4 one that an IPv6 one may hold.

    Raises:
        ValueError: it is no IP.
    """
    address = ipaddress.ip_address(ip.split("%", 1)[0])
    if isinstance(address, ipaddress.IPv4Address) or address.is_loopback or address.is_unspecified:
        return address
    inner = address.teredo[1] if address.teredo else address.ipv4_mapped or address.sixtofour
    if inner:
        return inner
    if any(address in network for network in _HOLD_IPV4):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def anywhere(ip: str) -> bool:
    """For hosts that we choose ourselves."""
    return bool(ip)
