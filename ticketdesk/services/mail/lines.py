"""Text that must stay on one header line."""

import re
import unicodedata

_WHITE = re.compile(r"\s+")


def one_line(text: str, limit: int = 250) -> str:
    """`text` without control characters and line breaks, at most `limit` characters.

    Written by strangers it ends in a header: nothing of it may start a header of its own
    (semantics.md, Email out).
    """
    spaced = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    clean = "".join(c for c in spaced if unicodedata.category(c) != "Cs")
    flat = _WHITE.sub(" ", clean).strip()
    return flat if len(flat) <= limit else f"{flat[: limit - 1].rstrip()}…"
