"""Which mail servers may be called: public ones, and networks that the operator has named.

An administrator of one organization enters any host; without this the desk would knock on doors
inside the operator's own network and tell what it found there.
"""

import ipaddress
import socket

from ticketdesk.adapters.outward.addresses import AddressRefused, Resolve, is_public, resolve
from ticketdesk.settings.values import Network

ANYWHERE: tuple[Network, ...] = (
    ipaddress.ip_network("0.0.0.0/0"),
    ipaddress.ip_network("::/0"),
)
"""For whoever chooses the host themselves; what an organization enters is always checked."""

SETTING = "TICKETDESK_MAIL_NETWORKS"


class HostRefused(Exception):
    """This host must not be called; the text says why in one sentence."""


def check(host: str, port: int, networks: tuple[Network, ...], look_up: Resolve = resolve) -> None:
    """Look a host up before it is called. Raises `HostRefused`."""
    try:
        ips = look_up(host, port)
    except AddressRefused as error:
        raise HostRefused(str(error)) from error
    for ip in ips:
        _require(host, ip, networks)


def check_peer(connected: socket.socket, host: str, networks: tuple[Network, ...]) -> None:
    """Look at who answered, before a word is said: a name can lead elsewhere the second time.

    Raises `HostRefused`, and hangs up.
    """
    try:
        _require(host, str(connected.getpeername()[0]), networks)
    except HostRefused:
        connected.close()
        raise


def literal_problem(host: str, networks: tuple[Network, ...]) -> str:
    """Why a host that needs no look-up is refused, '' for none: said beside the field."""
    name = host.strip().strip("[]").lower()
    ip = "127.0.0.1" if name == "localhost" or name.endswith(".localhost") else name
    try:
        _require(host, str(ipaddress.ip_address(ip)), networks)
    except ValueError:
        return ""
    except HostRefused as refusal:
        return str(refusal)
    return ""


def _require(host: str, ip: str, networks: tuple[Network, ...]) -> None:
    if is_public(ip):
        return
    try:
        address = ipaddress.ip_address(ip.split("%", 1)[0])
    except ValueError as error:
        raise HostRefused(f"{host} has no address that can be called.") from error
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if not any(address in network for network in networks):
        raise HostRefused(
            f"{host} is inside the desk's own network ({address}). Whoever runs the desk can allow"
            f" it with {SETTING}."
        )
