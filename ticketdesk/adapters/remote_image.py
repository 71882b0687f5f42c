"""Fetches an image from anywhere on the public internet: small, sniffed, never our own network."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from ticketdesk.adapters.webhook.addresses import AddressRefused, Resolve, check, resolve

LARGEST = 5 * 1024 * 1024
_TIMEOUT = httpx.Timeout(6, connect=4)
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


def fetch(url: str, *, look_up: Resolve = resolve) -> RemoteImage:
    """Fetch an image; each redirect's address is checked like the first.

    Raises `ImageRefused`: an address that is not public, no answer, too large, or no image.
    """
    for _ in range(_REDIRECTS + 1):
        found = _get(url, look_up)
        if isinstance(found, bytes):
            return RemoteImage(_kind(found), found)
        url = urljoin(url, found)
    raise ImageRefused("The image's address leads on and on.")


def _get(url: str, look_up: Resolve) -> bytes | str:
    """The bytes, or where it has moved to."""
    try:
        target = check(f"https:{url}" if url.startswith("//") else url, look_up=look_up)
    except AddressRefused as error:
        raise ImageRefused(str(error)) from error
    host = f"[{target.ip}]" if ":" in target.ip else target.ip
    name = f"[{target.host}]" if ":" in target.host else target.host
    default = 443 if target.scheme == "https" else 80
    headers = {
        "Host": name if target.port == default else f"{name}:{target.port}",
        "Accept": "image/png, image/jpeg, image/gif, image/webp",
        "User-Agent": "TicketDesk-Images/1",
    }
    try:
        with (
            httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "GET",
                f"{target.scheme}://{host}:{target.port}{target.path}",
                headers=headers,
                extensions={"sni_hostname": target.host},
            ) as answer,
        ):
            if answer.is_redirect:
                return answer.headers.get("location", "")
            if not answer.is_success:
                raise ImageRefused(f"The image's server answered {answer.status_code}.")
            return _limited(answer)
    except httpx.HTTPError as error:
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
