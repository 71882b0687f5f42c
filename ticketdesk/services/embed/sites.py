"""Which sites may show a form and call its API: origins, with `*.` for all their subdomains."""

from collections.abc import Sequence
from urllib.parse import urlsplit


def allows(sites: Sequence[str], origin: str) -> bool:
    """Return whether a page of an origin may use the form; an empty list lets every site in.

    Args:
        sites: entries such as `https://shop.example` or `https://*.shop.example`.
        origin: the browser's Origin header.
    """
    return not sites or any(_matches(site, origin) for site in sources(sites))


def sources(sites: Sequence[str]) -> list[str]:
    """Return the entries as sources of a content security policy; what is none is left out."""
    return [source for site in sites if (source := _source(site))]


def _source(site: str) -> str:
    """Scheme and host of what an admin wrote, be it an address with a path or a bare host."""
    text = site.strip().lower()
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    host = parts.netloc
    wanted = set("abcdefghijklmnopqrstuvwxyz0123456789-.:*[]")
    if parts.scheme not in ("http", "https") or not host or not set(host) <= wanted:
        return ""
    # A star stands for subdomains and nothing else: browsers understand no other one.
    if "*" in host.removeprefix("*."):
        return ""
    return f"{parts.scheme}://{host}"


def _matches(source: str, origin: str) -> bool:
    if "*." not in source:
        return source == origin.lower()
    scheme, _, host = source.partition("://*.")
    return origin.lower().startswith(f"{scheme}://") and origin.lower().endswith(f".{host}")
