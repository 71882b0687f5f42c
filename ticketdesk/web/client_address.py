"""Where a request came from, believing only the proxies that the operator listed."""

import ipaddress

from starlette.requests import Request

from ticketdesk.settings import settings


def client_address(request: Request) -> str:
    """Return the address of the client.

    X-Forwarded-For is read from its right end, as long as a listed proxy reported it. Some proxies
    add a header of their own below the client's: all of them count, in their order (RFC 9110, 5.3).
    """
    peer = request.client.host if request.client else ""
    headers = ",".join(request.headers.getlist("x-forwarded-for"))
    reported = [part.strip() for part in headers.split(",")]
    while reported and _is_trusted(peer):
        peer = reported.pop() or peer
    return peer


def _is_trusted(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    # A server that listens on both protocols writes IPv4 peers as ::ffff:192.0.2.1.
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return any(ip in network for network in settings().trusted_proxies)
