"""The Content-Disposition header (RFC 6266, RFC 5987): no name can add a header or a parameter."""

import unicodedata
from urllib.parse import quote

_PLAIN = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !#$&+-.^_`|~()[]{}@,='"
)
_ATTR_CHAR = "!#$&+-.^_`|~"


def content_disposition(kind: str, name: str) -> str:
    """Return the header's value for a file name in any script.

    Args:
        kind: `attachment` or `inline`.
        name: the cleaned display name.
    """
    visible = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    decomposed = unicodedata.normalize("NFKD", visible)
    plain = "".join(
        c if c in _PLAIN else "_" for c in decomposed if not unicodedata.combining(c)
    ).strip()
    header = f'{kind}; filename="{plain or "file"}"'
    if plain != visible:
        header += f"; filename*=UTF-8''{quote(visible, safe=_ATTR_CHAR)}"
    return header
