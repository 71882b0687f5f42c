"""Where a request came from, believing only the proxies that the operator listed."""

import ipaddress

from starlette.requests import Request

from ticketdesk.settings import settings


def client_address(request: Request) -> str:
    """Return the address of the client.

    X-Forwarded-For is read from its right end, as long as a listed proxy reported it.
    """
    peer = request.client.host if request.client else ""
    reported = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",")]
    while reported and _is_trusted(peer):
        peer = reported.pop() or peer
    return peer


def _is_trusted(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in settings().trusted_proxies)
