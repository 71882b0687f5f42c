"""Whether a browser or a cache has a thing already."""

import re


def is_known(header: str | None, etag: str) -> bool:
    """Whether an `If-None-Match` names an entity tag (RFC 9110, 13.1.2).

    A cache that compresses what it passes on marks the tag as weak; that makes no difference here.

    Args:
        header: as it was sent; None for none.
        etag: quoted.
    """
    if header is None:
        return False
    return header.strip() == "*" or etag in re.findall(r'"[^"]*"', header)
