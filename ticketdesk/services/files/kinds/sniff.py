"""Reads from the first bytes what a file is; its name is not asked."""

import puremagic

from ticketdesk.services.files.kinds.signatures import by_signature
from ticketdesk.services.files.kinds.text import by_text

HEAD = 4096
"""How many bytes of the beginning decide."""
UNKNOWN = "application/octet-stream"
_CERTAIN = 5


def sniff(head: bytes) -> str:
    """Return the MIME type of a file by its first `HEAD` bytes (all of a shorter one)."""
    return by_signature(head) or by_text(head) or _by_collection(head) or UNKNOWN


def _by_collection(head: bytes) -> str | None:
    """Ask the large collection of rare kinds, trusting only marks long enough to be no chance."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    for match in found:
        named = match.mime_type.partition(";")[0].strip().lower()
        if len(match.byte_match) >= _CERTAIN and "/" in named and not named.startswith("text/"):
            return named
    return None
