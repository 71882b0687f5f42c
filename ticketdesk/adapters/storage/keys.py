"""The form of storage keys: opaque to everybody else, safe as a path and as an object name."""

import re
import secrets

_SAFE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")
_LONGEST = 512


def require_safe(key: str) -> str:
    """Return the key, or raise ValueError for one that could leave its storage."""
    if len(key) > _LONGEST or not _SAFE.fullmatch(key):
        raise ValueError(f"not a storage key: {key[:80]!r}")
    return key


def by_content(folder: str, sha256: str) -> str:
    """Return the key of bytes by what they are: the same bytes are stored once per organization."""
    return require_safe(f"{folder}/{sha256[:2]}/{sha256}")


def by_chance(folder: str) -> str:
    """Return a fresh key, for a storage where a finished object cannot be renamed."""
    name = secrets.token_hex(20)
    return require_safe(f"{folder}/{name[:2]}/{name}")


def picture(key: str, edge: int) -> str:
    """Return the key of the preview of a file whose longer edge has `edge` pixels."""
    return f"{key}.{edge}.webp"


def original(key: str) -> str:
    """Return the key of the file that a preview belongs to, or the key itself."""
    return re.sub(r"\.\d+\.webp$", "", key)
