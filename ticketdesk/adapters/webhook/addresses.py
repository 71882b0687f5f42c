"""Which addresses may be called: public ones only, decided on what the name resolves to."""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

# IPv4 addresses in disguise: NAT64 and IPv4-compatible ones; a network's own NAT64 is inside it.
_HOLD_IPV4 = [ipaddress.ip_network(text) for text in ("64:ff9b::/96", "::/96")]
_OWN_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")

Resolve = Callable[[str, int], list[str]]


class AddressRefused(ValueError):
    """The address must not be called; its text says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: the very IP to connect to, so that a second look-up cannot change it."""

    scheme: str
    host: str
    port: int
    path: str
    ip: str


def resolve(host: str, port: int) -> list[str]:
    """Return all addresses of a name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused(f"The name {host} cannot be resolved.") from error
    return [str(entry[4][0]) for entry in found]


def check_shape(url: str) -> tuple[str, str, int, str]:
    """Return scheme, host, port and path of an address that could be called.

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
    path = parts.path or "/"
    return parts.scheme, parts.hostname, port, f"{path}?{parts.query}" if parts.query else path


def check(url: str, *, look_up: Resolve = resolve) -> Target:
    """Return the target of an address, if every IP behind its name is a public one.

    Raises:
        AddressRefused: private, loopback, link-local, reserved or unresolvable.
    """
    scheme, host, port, path = check_shape(url)
    ips = look_up(host, port)
    if not ips:
        raise AddressRefused(f"The name {host} cannot be resolved.")
    for ip in ips:
        if not is_public(ip):
            raise AddressRefused(f"{host} leads to {ip}, which is not a public address.")
    return Target(scheme, host, port, path, ips[0])


def is_public(ip: str) -> bool:
    """Return whether an IP is reachable by everybody, looking through IPv6 disguises."""
    try:
        address = ipaddress.ip_address(ip.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address.teredo:
            inner = address.teredo[1]
        if inner:
            address = inner
        elif any(address in network for network in _HOLD_IPV4):
            address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        elif address in _OWN_NAT64:
            return False
    return address.is_global and not address.is_multicast
