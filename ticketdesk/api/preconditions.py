"""ETag, If-Match and If-None-Match: the version of a thing as HTTP speaks of it (RFC 9110, 13)."""

import re
from typing import Annotated

from fastapi import Header

from ticketdesk.errors import Malformed

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=200,
        description='The `ETag` that was read, such as `"3"`: refused with 412 once it is old.',
    ),
]
IfNoneMatch = Annotated[
    str | None,
    Header(
        alias="If-None-Match",
        max_length=2000,
        description="Answered with 304 while this `ETag` is still the newest.",
    ),
]

_TAG = re.compile(r'\s*(?:W/)?"([^"]*)"\s*')


def etag(version: int) -> dict[str, str]:
    """Return the header that names a version."""
    return {"ETag": f'"{version}"'}


def expected(if_match: str | None) -> int | None:
    """Return the version a write is based on, or None for any.

    A proxy that compresses may have made our tag a weak one; it means the same version.

    Raises:
        Malformed: it is not an entity tag.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    found = _TAG.fullmatch(if_match)
    if found is None:
        raise Malformed('If-Match takes one ETag such as "3", or *.')
    tag = found.group(1)
    # A tag we never gave matches no version.
    return int(tag) if tag.isascii() and tag.isdigit() and len(tag) < 10 else -1


def unchanged(if_none_match: str | None, version: int) -> bool:
    """Return whether the reader has this version already."""
    if if_none_match is None:
        return False
    if if_none_match.strip() == "*":
        return True
    return str(version) in _TAG.findall(if_none_match)
