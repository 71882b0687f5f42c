"""The one HTTP client for whatever leaves the process."""

import ssl
from functools import cache
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from ticketdesk.adapters.outward import addresses
from ticketdesk.adapters.outward.addresses import AddressRefused, Judge, Resolve, anywhere
from ticketdesk.adapters.outward.budget import Budget
from ticketdesk.adapters.outward.network import Network

_STEP = httpx.Timeout(10, connect=5)


def client(
    seconds: float, largest: int, *, may: Judge, look_up: Resolve | None = None
) -> httpx.Client:
    """Return a client that follows no redirect, unpacks nothing and never hangs.

    A name is looked up once for a connection, and the connection goes to what was checked. Beside
    what httpx raises, a request raises `AddressRefused`.

    Args:
        seconds: for one request altogether, until the last byte of its answer.
        largest: bytes of an answer, head and body together.
        may: which IPs may be called.
    """
    budget = Budget(seconds, largest)
    network = Network(budget, may, look_up)
    pool = httpcore.ConnectionPool(ssl_context=_trusted(), network_backend=network)
    return _client(_Transport(pool, budget))


def client_of(service: str, seconds: float, largest: int) -> httpx.Client:
    """Return such a client for a service that we choose; the operator's HTTPS_PROXY counts.

    Args:
        service: any address of the service.
    """
    parts = urlsplit(service)
    known = {} if proxy_bypass(parts.hostname or "") else getproxies()
    named = known.get(parts.scheme) or known.get("all")
    if not named:
        return client(seconds, largest, may=anywhere, look_up=_found)
    proxy = httpx.Proxy(named if "://" in named else f"http://{named}")
    if proxy.url.scheme != "http":
        # TLS within TLS has no socket of its own that a budget could watch.
        return httpx.Client(proxy=proxy, timeout=_STEP, trust_env=False)
    budget = Budget(seconds, largest)
    pool = httpcore.HTTPProxy(
        str(proxy.url),
        proxy_auth=proxy.raw_auth,
        ssl_context=_trusted(),
        network_backend=Network(budget, anywhere, _found),
    )
    return _client(_Transport(pool, budget))


def _found(host: str, port: int) -> list[str]:
    """Look up a service that we choose: that its name is not found is trouble with the network."""
    try:
        return addresses.resolve(host, port)
    except AddressRefused as error:
        raise httpcore.ConnectError(str(error)) from error


class _Transport(httpx.HTTPTransport):
    """httpx's own, over connections that keep to a budget."""

    def __init__(self, pool: httpcore.ConnectionPool, budget: Budget) -> None:
        self._pool, self._budget = pool, budget

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._budget.start()
        answer = super().handle_request(request)
        # Whoever packs an answer without being asked may pack gigabytes into a few bytes.
        answer.headers.pop("content-encoding", None)
        return answer


def _client(transport: httpx.BaseTransport) -> httpx.Client:
    headers = {"Accept-Encoding": "identity"}
    return httpx.Client(transport=transport, timeout=_STEP, headers=headers, trust_env=False)


@cache
def _trusted() -> ssl.SSLContext:
    return httpx.create_ssl_context()
