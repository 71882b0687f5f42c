"""Where a sign-in may lead: to our own pages only."""

from urllib.parse import urlsplit

HOME = "/"
"""Leads on to whoever's own first screen."""


def own_path(wanted: str | None) -> str:
    """Return `wanted` if it is a path of ours, else the start page: never a way to another site."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return HOME
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or any(ord(c) < 32 or c == "\\" for c in wanted):
        return HOME
    return HOME if parts.path in {"/login", "/logout"} else wanted
