"""One piece of news about one mail and one recipient, whoever tells it."""

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What became of a mail; DEFERRED ones are still being tried."""

    DELIVERED = "delivered"
    DEFERRED = "deferred"
    BOUNCED = "bounced"


@dataclass(frozen=True, slots=True)
class News:
    """`message_id` is ours or the provider's own; `words` are the receiving server's."""

    message_id: str
    recipient: str
    fate: Fate
    words: str = ""
