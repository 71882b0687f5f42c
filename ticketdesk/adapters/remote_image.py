"""Fetches an image from anywhere on the public internet: small, sniffed, never our own network."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from ticketdesk.adapters.outward import addresses
from ticketdesk.adapters.outward.addresses import AddressRefused, Resolve
from ticketdesk.adapters.outward.http import client

LARGEST = 5 * 1024 * 1024
_HEAD = 128 * 1024
_LONGEST = 10.0  # seconds for one address; a page waits for it
_REDIRECTS = 3
# What a browser only ever draws; SVG can hold scripts.
_KINDS = (
    (re.compile(rb"^\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"^\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"^GIF8[79]a"), "image/gif"),
    (re.compile(rb"^RIFF....WEBP", re.DOTALL), "image/webp"),
)


class ImageRefused(Exception):
    """It cannot be shown; the text says why in one sentence."""


@dataclass(frozen=True, slots=True)
class RemoteImage:
    """An image's bytes and its kind, as they are and not as the server calls them."""

    kind: str
    content: bytes


def fetch(url: str, *, look_up: Resolve | None = None) -> RemoteImage:
    """Fetch an image; each redirect's address is checked like the first.

    Raises `ImageRefused`: an address that is not public, no answer, too large, or no image.
    """
    for _ in range(_REDIRECTS + 1):
        found = _get(url, look_up)
        if isinstance(found, bytes):
            return RemoteImage(_kind(found), found)
        url = urljoin(url, found)
    raise ImageRefused("The image's address leads on and on.")


def _get(url: str, look_up: Resolve | None) -> bytes | str:
    """The bytes, or where it has moved to."""
    url = f"https:{url}" if url.startswith("//") else url
    headers = {
        "Accept": "image/png, image/jpeg, image/gif, image/webp",
        "User-Agent": "TicketDesk-Images/1",
    }
    try:
        addresses.check_shape(url)
        with (
            client(_LONGEST, LARGEST + _HEAD, may=addresses.is_public, look_up=look_up) as calling,
            calling.stream("GET", url, headers=headers) as answer,
        ):
            if answer.is_redirect:
                return answer.headers.get("location", "")
            if not answer.is_success:
                raise ImageRefused(f"The image's server answered {answer.status_code}.")
            return _limited(answer)
    except AddressRefused as error:
        raise ImageRefused(str(error)) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ImageRefused("The image's server does not answer.") from error


def _limited(answer: httpx.Response) -> bytes:
    taken = bytearray()
    for chunk in answer.iter_raw(65_536):
        taken += chunk
        if len(taken) > LARGEST:
            raise ImageRefused("The image is too large.")
    return bytes(taken)


def _kind(content: bytes) -> str:
    for pattern, kind in _KINDS:
        if pattern.match(content[:16]):
            return kind
    raise ImageRefused("This is no image that can be shown.")
