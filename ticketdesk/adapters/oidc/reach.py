"""Where a sign-on provider may be: in a company's network, but not in this machine.

Every conversation with a provider goes to the IPs that were judged for its connection, so that a
name which leads elsewhere the second time leads nowhere.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

import httpx

from ticketdesk.adapters.outward import addresses
from ticketdesk.adapters.outward.addresses import undisguised
from ticketdesk.adapters.outward.http import client

_LONGEST = 10.0  # seconds for each question; somebody waits at the door
_LARGEST = 1024 * 1024


class PlaceRefused(Exception):
    """A provider must not be called there; the text says so in one sentence."""


def calling(issuer: str) -> httpx.Client:
    """Return how a provider is called. A request raises `AddressRefused` beside httpx's errors."""
    return client(_LONGEST, _LARGEST, may=_may(issuer))


def require_own_side(issuer: str, address: str, name: str) -> None:
    """Say early when a provider names an address that it could not be itself.

    Args:
        name: what the address is for, for the sentence.

    Raises:
        PlaceRefused: it is no address, or leads into this machine or to its metadata.
    """
    try:
        ours, theirs = urlsplit(issuer), urlsplit(address)
        fits = theirs.scheme == ours.scheme and bool(theirs.hostname) and not theirs.username
        if fits and theirs.hostname != ours.hostname:
            addresses.lead(str(theirs.hostname), theirs.port or 443, may=_may(issuer))
    except ValueError as error:
        raise PlaceRefused(_words(name)) from error
    if not fits:
        raise PlaceRefused(_words(name))


def _may(issuer: str) -> Callable[[str], bool]:
    """Return which IPs the provider of an issuer may have.

    A provider on this very machine is one whose issuer says so by itself, as in development; a
    name that merely resolves to it is not.
    """
    host = urlsplit(issuer).hostname or ""
    named = {"127.0.0.1", "::1"} if host == "localhost" else {host}

    def judge(ip: str) -> bool:
        try:
            found = undisguised(ip)
        except ValueError:
            return False
        here = found.is_loopback or found.is_link_local or found.is_unspecified
        return ip in named or not (here or found.is_multicast)

    return judge


def _words(name: str) -> str:
    return f"The sign-on provider names an address that is none: {name}."
