"""Whose pages are ours; apart from Reflex, so that the API alone need not load it."""

from urllib.parse import urlsplit

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def allowed_origins(base_url: str) -> tuple[str, ...]:
    """The origins whose pages may open a websocket or read an answer.

    Args:
        base_url: scheme and host of the installation.

    Returns:
        The base URL alone; on a loopback address its other spellings, too, because a person types
        either and both are this machine.
    """
    parts = urlsplit(base_url)
    if parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        return (base_url,)
    port = f":{parts.port}" if parts.port else ""
    return tuple(f"{parts.scheme}://{host}{port}" for host in _LOOPBACK)
