"""How the text of one setting is read and checked; every refusal names the setting."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


class SettingsError(ValueError):
    """A wrong or missing setting. Its text is one line that begins with the setting's name."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name
        self.problem = problem


def whole_number(
    environ: Mapping[str, str], name: str, default: int, lowest: int, highest: int
) -> int:
    text = environ.get(name, str(default)).strip()
    if not text.isascii() or not text.isdigit() or not lowest <= int(text) <= highest:
        raise SettingsError(name, f"must be a number from {lowest} to {highest}, not {text!r}")
    return int(text)


def switch(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = environ.get(name, "").strip().lower()
    if not text:
        return default
    if text not in _TRUE | _FALSE:
        raise SettingsError(name, f"must be on or off, not {text!r}")
    return text in _TRUE


def split(name: str, text: str, example: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise SettingsError(name, f"must look like {example}") from error
    return parts


def address(
    environ: Mapping[str, str], name: str, schemes: tuple[str, ...], example: str
) -> str | None:
    """An address of one of `schemes`, or None when unset. Errors never repeat it: passwords."""
    text = environ.get(name, "").strip()
    if not text:
        return None
    parts = split(name, text, example)
    if parts.scheme not in schemes or not (parts.netloc or parts.path.strip("/")):
        raise SettingsError(name, f"must look like {example}")
    return text


def networks(environ: Mapping[str, str], name: str) -> tuple[Network, ...]:
    words = environ.get(name, "").replace(",", " ").split()
    try:
        return tuple(ipaddress.ip_network(word, strict=False) for word in words)
    except ValueError as error:
        raise SettingsError(name, f"{error}; list addresses or networks like 10.0.0.0/8") from error
