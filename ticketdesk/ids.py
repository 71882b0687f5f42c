"""Opaque identifiers with a prefix that sort by their time of creation (contract.md, REST)."""

from datetime import datetime

import uuid_utils


def new_id(prefix: str, at: datetime | None = None) -> str:
    """Return a fresh identifier such as `ticket_0199c0de…`; those of one process only grow.

    Args:
        prefix: the noun in front, such as `ticket`, `resp`, `file`.
        at: the moment to sort by, for what is written down later than it happened.
    """
    if at is None:
        return f"{prefix}_{uuid_utils.uuid7().hex}"
    nanoseconds = int(at.timestamp() * 1_000_000) * 1000
    return f"{prefix}_{uuid_utils.uuid7(nanoseconds=nanoseconds).hex}"
